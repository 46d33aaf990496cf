public class Greeting {
    public static String of(String name) {
        return "Hello " + name.trim();
    }
}
// ---- test
@Test
void greets() {
    assertEquals("Hello Ada", Greeting.of(" Ada "));
}
// ---- crash
Greeting.of(null);
