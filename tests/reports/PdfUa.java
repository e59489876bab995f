import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Ask veraPDF whether files are PDF/UA-1; run by verapdf.py. */
public class PdfUa {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean good = files.length > 0;
    for (String file : files) {
      var foundry = Foundries.defaultInstance();
      try (var parser = foundry.createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1);
          var validator = foundry.createValidator(PDFAFlavour.PDFUA_1, false)) {
        var result = validator.validate(parser);
        good &= result.isCompliant();
        System.out.printf("%s %s: %d checks%n",
            result.isCompliant() ? "PASS" : "FAIL", file, result.getTotalAssertions());
        var rules = new TreeMap<String, Integer>();
        for (var each : result.getTestAssertions()) {
          if (each.getStatus() == TestAssertion.Status.FAILED) {
            var rule = each.getRuleId();
            rules.merge(rule.getClause() + "-" + rule.getTestNumber() + " " + each.getMessage(),
                1, Integer::sum);
          }
        }
        rules.forEach((rule, times) -> System.out.printf("   %d x %s%n", times, rule));
      } catch (Exception unreadable) {
        good = false;
        System.out.printf("FAIL %s: not read: %s%n", file, unreadable.getMessage());
      }
    }
    System.exit(good ? 0 : 1);
  }
}
