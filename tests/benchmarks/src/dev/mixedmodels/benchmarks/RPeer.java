package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A fit by a package of R on the same rows, where R and the package are installed. */
final class RPeer {
    /**
     * What a peer needed.
     *
     * @param seconds median of the fits
     * @param minus2LogLikelihood -2 log likelihood
     */
    record Timing(double seconds, double minus2LogLikelihood) {
    }

    private RPeer() {
    }

    /**
     * @param frame the rows, written to a file that R reads as {@code d}
     * @param definition R code that loads the package and defines the fit as function {@code f}
     * @param repeats number of fits
     * @return the timing; null if R or the package is missing
     * @throws IOException if the file cannot be written
     * @throws InterruptedException if waiting is
     */
    static Timing fit(final Frame frame, final String definition, final int repeats)
        throws IOException, InterruptedException {
        final Path data = Files.createTempFile("benchmark", ".csv");
        try {
            write(frame, data);
            final Process r = new ProcessBuilder("Rscript", "-e", "d <- read.csv('" + data
                + "', stringsAsFactors = TRUE); " + definition + "; t <- replicate(" + repeats + ", system.time(m <<- f())[3]); "
                + "cat(sprintf('%.15g %.15g', median(t), -2 * as.numeric(logLik(m))))")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            final String[] answer = new String(r.getInputStream().readAllBytes()).trim().split("\\s+");
            final int last = answer.length - 1;
            return r.waitFor() != 0 || last < 1 ? null
                : new Timing(Double.parseDouble(answer[last - 1]), Double.parseDouble(answer[last]));
        } catch (final IOException e) {
            return null; // no Rscript on the path
        } finally {
            Files.delete(data);
        }
    }

    private static void write(final Frame frame, final Path file) throws IOException {
        final List<Column> columns = frame.names().stream().map(frame::column).toList();
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println(String.join(",", frame.names()));
            for (int row = 0; row < frame.rows(); row++) {
                final int at = row;
                out.println(columns.stream().map(c -> c instanceof NominalColumn n ? n.text(at)
                    : Double.toString(c.value(at))).collect(Collectors.joining(",")));
            }
        }
    }
}
