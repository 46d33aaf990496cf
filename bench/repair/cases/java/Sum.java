public class Sum {
    public static int of(int[] values) {
        int total = 0;
        for (int i = 0; i <= values.length; i++) {
            total += values[i];
        }
        return total;
    }
}
// ---- test
@Test
void isThere() {
    assertNotNull(new Sum());
}
// ---- crash
Sum.of(new int[] {1, 2});
