package nightly;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import nightly.util.ArrayDeque;
import nightly.util.ArrayList;
import nightly.util.Base64;
import nightly.util.BitSet;
import nightly.util.HashMap;
import nightly.util.LinkedList;
import nightly.util.Optional;
import nightly.util.PriorityQueue;
import nightly.util.TreeMap;
import nightly.util.TreeSet;

class Shelves implements Journal.Tasks {
    public Map<String, Journal.Step> tasks() {
        Map<String, Journal.Step> tasks = new LinkedHashMap<>();
        tasks.put("goods on the shelves cannot be listed", this::listGoods);
        tasks.put("places of the shelves got lost", this::findPlaces);
        tasks.put("queue at the shelves broke up", this::queueUp);
        tasks.put("free places cannot be told", this::freePlaces);
        tasks.put("labels of the shelves are not readable", this::readLabels);
        return tasks;
    }

    void listGoods(Journal log) {
        ArrayList<String> goods = new ArrayList<>(List.of("mug", "pen", "cap", "bag", "pen", "tea"));
        goods.add(2, "oil");
        goods.remove("pen");
        goods.remove(0);
        goods.removeIf(one -> one.startsWith("b"));
        goods.addAll(1, List.of("x", "y"));
        List<String> part = goods.subList(1, 4);
        part.set(0, "z");
        part.add("new");
        log.compare("goods on the shelves changed", List.of(goods.toString(), part.toString(), goods.indexOf("pen"), goods.lastIndexOf("tea"), goods.contains("mug"), goods.size(), goods.hashCode()));
        ListIterator<String> walk = goods.listIterator(2);
        walk.next();
        walk.set("set");
        walk.add("added");
        walk.previous();
        goods.sort(null);
        goods.replaceAll(String::toUpperCase);
        goods.retainAll(List.of("CAP", "SET", "TEA", "Z", "NEW"));
        log.compare("sorted goods changed", goods.toString() + goods.equals(List.of("CAP")));
        LinkedList<Integer> chain = new LinkedList<>(List.of(5, 1, 4));
        chain.addFirst(9);
        chain.add(2, 7);
        chain.removeLastOccurrence(1);
        chain.push(3);
        log.compare("chain of goods changed", List.of(chain.toString(), chain.peekLast(), chain.pop(), chain.indexOf(4), chain.get(1), chain.pollLast(), chain.descendingIterator().next(), chain.remove(1)));
        try {
            goods.get(99);
        } catch (IndexOutOfBoundsException error) {
            log.compare("missing goods are told otherwise", error.getMessage());
        }
        try {
            for (String one : goods) if (one.equals("CAP")) goods.add("late");
        } catch (java.util.ConcurrentModificationException error) {
            log.compare("disturbed list is told otherwise", error.toString());
        }
    }

    void findPlaces(Journal log) {
        HashMap<String, Integer> places = new HashMap<>();
        for (int i = 0; i < 40; i++) places.merge("k" + i % 17, i, Integer::sum);
        places.putIfAbsent("k3", 0);
        places.computeIfAbsent("new", String::length);
        places.computeIfPresent("k4", (key, value) -> null);
        places.compute("k5", (key, value) -> value == null ? 1 : value + 1000);
        places.remove("k6");
        places.replace("k7", 7);
        log.compare("places of the shelves changed", List.of(places.size(), places.toString(), places.getOrDefault("none", -1), places.containsValue(7), places.keySet().contains("k4"), places.hashCode()));
        TreeMap<Integer, String> rows = new TreeMap<>();
        for (int i = 0; i < 30; i++) rows.put(i * 7 % 31, "r" + i);
        for (int i = 0; i < 30; i += 4) rows.remove(i);
        log.compare("rows of the shelves changed", List.of(rows.toString(), rows.floorKey(8), rows.ceilingEntry(12), rows.higherKey(29), rows.lowerEntry(3), rows.firstKey(), rows.pollLastEntry()));
        log.compare("part of the rows changed", List.of(rows.subMap(5, true, 11, false).toString(), rows.headMap(7).size(), rows.tailMap(20, false).firstKey(), rows.descendingMap().firstEntry(), rows.descendingMap().headMap(20).toString(), rows.subMap(3, true, 15, false).descendingMap().ceilingKey(9)));
        TreeSet<String> names = new TreeSet<>(List.of("b", "d", "a", "c"));
        log.compare("names of the shelves changed", List.of(names.descendingSet().toString(), names.headSet("c", true).toString(), names.floor("bb"), names.pollFirst(), names.subSet("b", "d").size(), names.higher("c")));
        nightly.util.LinkedHashMap<String, Integer> recent = new nightly.util.LinkedHashMap<>(8, 0.75f, true) {
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > 3;
            }
        };
        for (String one : "a b c a d b".split(" ")) recent.merge(one, 1, Integer::sum);
        log.compare("last used shelves changed", recent.toString());
    }

    void queueUp(Journal log) {
        PriorityQueue<Integer> urgent = new PriorityQueue<>(List.of(7, 3, 9, 1, 12, 4, 8, 2));
        urgent.remove(9);
        urgent.add(5);
        StringBuilder order = new StringBuilder();
        for (Iterator<Integer> one = urgent.iterator(); one.hasNext();) if (one.next() == 4) one.remove();
        while (!urgent.isEmpty()) order.append(urgent.poll()).append(' ');
        log.compare("order at the shelves changed", order);
        ArrayDeque<Integer> line = new ArrayDeque<>(4);
        for (int i = 0; i < 20; i++) {
            if (i % 3 == 0) line.addFirst(i);
            else line.offerLast(i);
            if (i % 5 == 4) line.pollFirst();
        }
        line.removeFirstOccurrence(7);
        line.removeIf(one -> one % 8 == 0);
        log.compare("line at the shelves changed", List.of(line.toString(), line.peekFirst(), line.getLast(), line.contains(3), line.size(), line.descendingIterator().next(), line.clone().pop()));
        try {
            new ArrayDeque<Integer>().removeFirst();
        } catch (NoSuchElementException error) {
            log.compare("empty line is told otherwise", error.toString());
        }
        log.compare("first in the line changed", List.of(Optional.of(3).map(one -> one * 2).filter(one -> one > 5).orElse(0), Optional.empty().or(() -> Optional.of("x")).get(), Optional.ofNullable(null).isPresent(), Optional.of("a").toString(), Optional.of(1).flatMap(one -> Optional.of(one + 1)).equals(Optional.of(2))));
    }

    void freePlaces(Journal log) {
        BitSet free = new BitSet(10);
        free.set(3, 90);
        free.clear(10, 70);
        free.flip(5);
        BitSet wanted = new BitSet();
        wanted.set(4);
        wanted.set(75, 130);
        BitSet both = (BitSet) free.clone();
        both.and(wanted);
        log.compare("free places changed", List.of(free.toString(), free.cardinality(), free.nextClearBit(3), free.nextSetBit(10), free.previousSetBit(60), free.length(), both.toString(), free.intersects(wanted), free.get(70, 95).toString(), free.hashCode()));
        wanted.andNot(free);
        both.or(wanted);
        both.xor(free);
        log.compare("wanted places changed", List.of(wanted.length(), both.toString(), both.previousClearBit(89), both.stream().sum(), BitSet.valueOf(new byte[] {5, 0, -1}).toString(), both.toLongArray().length, both.equals(free)));
    }

    void readLabels(Journal log) {
        byte[] data = new byte[50];
        for (int i = 0; i < data.length; i++) data[i] = (byte) (i * 11);
        log.compare("packed labels differ", List.of(Base64.getEncoder().encodeToString(data), Base64.getUrlEncoder().withoutPadding().encodeToString(data), Base64.getMimeEncoder(20, "\n".getBytes()).encodeToString(data)));
        log.compare("unpacked labels differ", List.of(new String(Base64.getDecoder().decode("dGVhICYgY2FrZQ==")), new String(Base64.getMimeDecoder().decode("dGVh\r\nIC!Y=")), Base64.getUrlDecoder().decode("__79").length));
        for (String broken : new String[] {"a", "ab=c", "a*cd", "abc="}) {
            try {
                log.compare("a broken label was accepted", Base64.getDecoder().decode(broken).length);
            } catch (IllegalArgumentException error) {
                log.compare("a broken label is told otherwise", error.getMessage());
            }
        }
    }
}
