package nightly;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nightly.net.URI;
import nightly.net.URLDecoder;
import nightly.net.URLEncoder;
import nightly.regex.Matcher;
import nightly.regex.Pattern;
import nightly.regex.PatternSyntaxException;

class Requests implements Journal.Tasks {
    public Map<String, Journal.Step> tasks() {
        Map<String, Journal.Step> tasks = new LinkedHashMap<>();
        tasks.put("links of requests are not usable", this::readLinks);
        tasks.put("requests could not be searched", this::search);
        tasks.put("rules for requests do not compile", this::compile);
        return tasks;
    }

    void readLinks(Journal log) throws Exception {
        URI link = new URI("https://ann:pw@shop.example.org:8443/a%20b/./c/../d;v=1?x=1&y=%C3%BC#top");
        log.compare("link of a request was taken apart otherwise", List.of(link.getHost(), link.getPort(), link.getUserInfo(), link.getPath(), link.getRawPath(), link.getQuery(), link.getFragment(), link.normalize(), link.isOpaque(), link.getAuthority(), link.getSchemeSpecificPart()));
        List<Object> resolved = new ArrayList<>();
        for (String one : new String[] {"../z", "/q?r", "//h/i", "?only", "./././e", "g;x=1/../y", "#f", "mailto:a@b", "../../../up"}) resolved.add(link.resolve(one));
        log.compare("relative links of a request point elsewhere", resolved);
        log.compare("way between links changed", List.of(new URI("http://a.org/b/c/").relativize(new URI("http://a.org/b/c/d/e")), new URI("HTTP://A.org/%7e").equals(new URI("http://a.ORG/%7E")), new URI("urn:a:b").compareTo(new URI("urn:a:c")) < 0, new URI("http", "u", "h", 80, "/p q", "a=ü", "f").toASCIIString(), new URI("mailto", "a b@c", null).toString(), new URI("http://[fe80::1]:8/x").getHost(), new URI("file:///a/b").hashCode()));
        for (String broken : new String[] {"http://a b", "http://[::1", ":x", "http://h/%zz", "1http:x", "http://h:port/", "http://h/^", ""}) {
            try {
                log.compare("a broken link was read as", new URI(broken) + " " + new URI(broken).getHost());
            } catch (java.net.URISyntaxException error) {
                log.compare("a broken link is told otherwise", error.getMessage());
            }
        }
        log.compare("form of a request differs", List.of(URLEncoder.encode("a b&c=ü*~/\ud83d\ude00", StandardCharsets.UTF_8), URLDecoder.decode("a+b%26%C3%BC%2a", StandardCharsets.UTF_8)));
        try {
            URLDecoder.decode("%4", StandardCharsets.UTF_8);
        } catch (IllegalArgumentException error) {
            log.compare("a broken form is told otherwise", error.getMessage());
        }
    }

    void search(Journal log) {
        Matcher dates = Pattern.compile("(?<year>\\d{4})-(\\d\\d?)-(\\d+)").matcher("from 2026-03-02 to 2026-3-15, not 20-1-1");
        List<Object> found = new ArrayList<>();
        while (dates.find()) found.add(dates.group("year") + dates.start(2) + dates.end() + dates.groupCount());
        log.compare("dates in a request are found elsewhere", found);
        log.compare("rewritten request differs", List.of(dates.replaceAll("$3.${year}"), Pattern.compile("[,;]\\s*").splitAsStream("a, b;c,,d").toList(), String.join("|", Pattern.compile("\\d").split("a1b2c3", 2)), Matcher.quoteReplacement("a$b\\"), Pattern.compile("o").matcher("foo boo").replaceFirst("0"), Pattern.matches("(?i)get\\s+/\\S*", "GET  /x"), Pattern.quote("a.b\\Ec")));
        for (String pattern : new String[] {"(a|ab)(c|bcd)(d*)", "\\bfoo\\b|[\\p{Alpha}&&[^o]]{2,3}?x", "(?s).+$", "[^a-cx-z\\d]+", "(?m)^\\w+$", "(?<=f)o+(?!x)", "(\\w)\\1", "a*+b|x++", "(?>ab|a)b", "\\Q.\\E|\\x41|\\u00e9", "(?i)FOO|É", "^$|\\z", "\\p{IsGreek}+|\\R", "(?:a|b){2,}?c?", "[a-f[^m]&&\\w]+"}) {
            List<String> all = new ArrayList<>();
            Matcher one = Pattern.compile(pattern).matcher("abcd foo \u03b1\u03b2 A aab abx\nxxxy 12-34 é.");
            while (one.find()) all.add(one.group() + "@" + one.start());
            log.compare("a rule for requests finds something else", all);
        }
        Matcher part = Pattern.compile("a+").matcher("xaaay").region(2, 5);
        log.compare("part of a request was searched otherwise", List.of(part.lookingAt(), part.hitEnd(), part.reset("aa").matches(), part.toMatchResult().end(), part.usePattern(Pattern.compile("^x")).find(0)));
    }

    void compile(Journal log) {
        for (String broken : new String[] {"a(b", "[z-a]", "*a", "a{2,1}", "\\8", "(?<n>a)(?<n>b)", "[[:x", "(?<=a+)b", "\\p{Nope}", "x{99999999999}", "(?z)", "\\k<no>"}) {
            try {
                log.compare("a broken rule was accepted", Pattern.compile(broken).matcher("aab").find());
            } catch (PatternSyntaxException error) {
                log.compare("a broken rule is told otherwise", error.getMessage());
            }
        }
    }
}
