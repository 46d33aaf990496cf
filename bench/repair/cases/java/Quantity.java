public class Quantity {
    public static int parse(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        return Integer.parseInt(text);
    }
}
// ---- test
@Test
void parses() {
    assertEquals(3, Quantity.parse("3"));
}
// ---- crash
Quantity.parse("three");
