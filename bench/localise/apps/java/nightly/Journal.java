package nightly;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What the night tells: one line of JSON a result or failure. Whoever runs it makes log lines of them. */
public class Journal {
    /** A step of the night. */
    interface Step {
        void run(Journal log) throws Exception;
    }

    /** Steps with the words for their failure. */
    interface Tasks {
        Map<String, Step> tasks();
    }

    /** A result that should be as it was the night before. */
    void compare(String words, Object value) {
        write("compared", words, "value", String.valueOf(value), "");
    }

    void run(Tasks... parts) {
        for (Tasks part : parts) {
            for (Map.Entry<String, Step> task : part.tasks().entrySet()) {
                try {
                    task.getValue().run(this);
                } catch (Exception | StackOverflowError | AssertionError error) {
                    StringWriter trace = new StringWriter();
                    error.printStackTrace(new PrintWriter(trace));
                    write("failed", task.getKey(), "error", error.toString(), trace.toString());
                    return;
                }
            }
        }
    }

    private void write(String kind, String words, String name, String text, String trace) {
        System.out.println("{\"kind\":" + quoted(kind) + ",\"words\":" + quoted(words) + "," + quoted(name) + ":"
            + quoted(text) + ",\"trace\":" + quoted(trace) + "}");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char one : text.toCharArray()) {
            if (one == '"' || one == '\\') out.append('\\').append(one);
            else if (one < ' ' || one > '~') out.append(String.format("\\u%04x", (int) one));
            else out.append(one);
        }
        return out.append('"').toString();
    }
}
