public class Latest {
    public static String of(List<String> entries) {
        return entries.get(0);
    }
}
// ---- test
@Test
void first() {
    assertEquals("a", Latest.of(List.of("a")));
}
// ---- crash
Latest.of(new ArrayList<>());
