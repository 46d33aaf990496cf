public class Address {
    private final Street street;

    public Address(Street street) {
        this.street = street;
    }

    public String label() {
        return street.name().toUpperCase();
    }
}

class Street {
    private final String name;

    Street(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }
}
// ---- test
@Test
void labels() {
    assertEquals("MAIN", new Address(new Street("main")).label());
}
// ---- crash
new Address(new Street(null)).label();
