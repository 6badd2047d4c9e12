package dev.mixedmodels.engine.means;

import dev.mixedmodels.engine.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A row of tests/reference/emmeans.csv; of joint tests F, degrees of freedom (in t those of the numerator) and p. */
record EmmeansReference(String query, String label, String by, double estimate, double error, double df, double t, double p,
    double lower, double upper, double adjusted) {

    private static List<EmmeansReference> all() throws IOException {
        return Files.readAllLines(TestData.folder().resolve("reference/emmeans.csv")).stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith("query,"))
            .map(line -> line.split(",", -1))
            .map(c -> new EmmeansReference(c[0], c[1], c[2], number(c[3]), number(c[4]), number(c[5]), number(c[6]),
                number(c[7]), number(c[8]), number(c[9]), number(c[10])))
            .toList();
    }

    private static double number(final String cell) {
        return cell.isEmpty() ? Double.NaN : cell.equals("Inf") ? Double.POSITIVE_INFINITY
            : cell.equals("-Inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(cell);
    }

    static List<String> queries() throws IOException {
        return all().stream().map(EmmeansReference::query).distinct().toList();
    }

    static List<EmmeansReference> of(final String query) throws IOException {
        return all().stream().filter(row -> row.query.equals(query)).toList();
    }
}
