public class Groups {
    public static Map<String, List<String>> byFirst(List<String> words) {
        Map<String, List<String>> groups = new HashMap<>();
        for (String word : words) {
            groups.get(word.substring(0, 1)).add(word);
        }
        return groups;
    }
}
// ---- test
@Test
void none() {
    assertEquals(Map.of(), Groups.byFirst(List.of()));
}
// ---- crash
Groups.byFirst(List.of("tea"));
