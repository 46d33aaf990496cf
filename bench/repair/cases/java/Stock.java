public class Stock {
    private final Map<String, Integer> counts;

    public Stock(Map<String, Integer> counts) {
        this.counts = counts;
    }

    public int count(String name) {
        return counts.get(name);
    }
}
// ---- test
@Test
void counts() {
    assertEquals(2, new Stock(Map.of("tea", 2)).count("tea"));
}
// ---- crash
new Stock(Map.of()).count("milk");
