/** Args: the counts, where the XML goes, the root of the build. Debian has no JaCoCo command line, and Maven needs a plugin. */
export const JACOCO_XML = `import java.io.File;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.tools.ExecFileLoader;
import org.jacoco.report.IReportVisitor;
import org.jacoco.report.xml.XMLFormatter;

public class JacocoXml {
  public static void main(String[] args) throws Exception {
    ExecFileLoader counts = new ExecFileLoader();
    counts.load(new File(args[0]));
    List<Path> folders;
    try (var paths = Files.walk(Path.of(args[2]))) {
      folders = paths.filter(path -> path.endsWith("target/classes")).collect(Collectors.toList());
    }
    CoverageBuilder builder = new CoverageBuilder();
    Analyzer analyzer = new Analyzer(counts.getExecutionDataStore(), builder);
    for (Path folder : folders) analyzer.analyzeAll(folder.toFile());
    try (FileOutputStream out = new FileOutputStream(args[1])) {
      IReportVisitor visitor = new XMLFormatter().createVisitor(out);
      visitor.visitInfo(counts.getSessionInfoStore().getInfos(), counts.getExecutionDataStore().getContents());
      visitor.visitBundle(builder.getBundle("tests"), null);
      visitor.visitEnd();
    }
  }
}
`;
