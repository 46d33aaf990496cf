package nightly;

public class Main {
    public static void main(String[] args) {
        Journal log = new Journal();
        log.run(new Billing(), new Planning(), new Requests(), new Shelves(), new Worker());
    }
}
