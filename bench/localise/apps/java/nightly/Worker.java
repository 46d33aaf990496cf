package nightly;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nightly.io.StreamTokenizer;
import nightly.options.OptionException;
import nightly.options.OptionParser;
import nightly.options.OptionSet;
import nightly.options.OptionSpec;
import nightly.util.Scanner;
import nightly.util.StringTokenizer;

class Worker implements Journal.Tasks {
    public Map<String, Journal.Step> tasks() {
        Map<String, Journal.Step> tasks = new LinkedHashMap<>();
        tasks.put("command line of the worker was refused", this::readOptions);
        tasks.put("orders to the worker are not understood", this::readOrders);
        return tasks;
    }

    void readOptions(Journal log) throws Exception {
        OptionParser parser = new OptionParser();
        OptionSpec<Integer> count = parser.acceptsAll(List.of("n", "count"), "how many").withRequiredArg().ofType(Integer.class).defaultsTo(2).describedAs("number");
        OptionSpec<String> names = parser.accepts("name", "who").withRequiredArg().withValuesSeparatedBy(',');
        OptionSpec<Double> rate = parser.accepts("rate").withOptionalArg().ofType(Double.class).defaultsTo(0.5);
        parser.accepts("verbose");
        parser.accepts("v");
        parser.accepts("x").availableIf("verbose");
        parser.accepts("must").requiredUnless("verbose");
        OptionSpec<String> rest = parser.nonOptions("files to move");
        OptionSet found = parser.parse("-n", "7", "--name=ann,bob", "--verb", "a.txt", "--rate", "-vx", "--name", "cy", "--", "-z");
        log.compare("worker would start with other options", List.of(count.value(found), names.values(found), rate.value(found), found.has("verbose"), found.has("must"), found.valuesOf(rest), found.hasArgument("rate"), found.specs().size(), found.valueOf("count")));
        StringWriter help = new StringWriter();
        parser.printHelpOn(help);
        log.compare("help of the worker reads otherwise", help);
        for (String[] wrong : new String[][] {{"--nope"}, {"--must", "--count", "x"}, {"--must", "-n"}, {}, {"--must", "-x"}, {"--n", "1", "--n", "2", "--must"}, {"--v"}}) {
            try {
                log.compare("other options of the worker differ", parser.parse(wrong).valueOf("count"));
            } catch (OptionException error) {
                log.compare("refusal of the worker reads otherwise", error.getMessage());
            }
        }
    }

    void readOrders(Journal log) throws Exception {
        StreamTokenizer words = new StreamTokenizer(new StringReader("move 12.5 -3 'two words' \"a\\tb\" // remark\nfile_1 /* both */ x=.5 'open"));
        words.slashSlashComments(true);
        words.slashStarComments(true);
        words.eolIsSignificant(true);
        words.wordChars('_', '_');
        List<String> seen = new ArrayList<>();
        while (words.nextToken() != StreamTokenizer.TT_EOF) seen.add(words.toString());
        log.compare("words of an order changed", seen);
        StringTokenizer parts = new StringTokenizer("a,b;;c", ",;", true);
        List<Object> cut = new ArrayList<>(List.of(parts.countTokens()));
        while (parts.hasMoreTokens()) cut.add(parts.nextToken());
        log.compare("parts of an order changed", cut);
        Scanner reader = new Scanner("12 true 3.5 word\nline two\nkey=val;x 0x1F 99999999999 end");
        List<Object> read = new ArrayList<>(List.of(reader.nextInt(), reader.nextBoolean(), reader.nextDouble(), reader.next(), reader.nextLine(), reader.nextLine(), reader.findInLine("k(..)="), reader.useDelimiter(";|\\s+").next(), reader.hasNextInt(), reader.next(), reader.next(), reader.nextLong(), reader.hasNext("e.*")));
        log.compare("values of an order changed", read);
        try {
            reader.nextInt();
        } catch (java.util.InputMismatchException error) {
            log.compare("wrong value of an order is told otherwise", error.toString());
        }
    }
}
