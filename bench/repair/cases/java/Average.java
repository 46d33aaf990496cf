public class Average {
    public static int of(List<Integer> values) {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum / values.size();
    }
}
// ---- test
@Test
void averages() {
    assertEquals(3, Average.of(List.of(2, 4)));
}
// ---- crash
Average.of(List.of());
