package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A reference fit marg_* with the settings that repeat it. */
record Reference(String id, Golden golden) {
    private static final Map<String, VisitStructure> STRUCTURES = Map.ofEntries(
        Map.entry("id", VisitStructure.INDEPENDENT), Map.entry("diag", VisitStructure.DIAGONAL),
        Map.entry("cs", VisitStructure.COMPOUND_SYMMETRY),
        Map.entry("csh", VisitStructure.HETEROGENEOUS_COMPOUND_SYMMETRY), Map.entry("ar1", VisitStructure.AR1),
        Map.entry("ar1h", VisitStructure.HETEROGENEOUS_AR1), Map.entry("car1", VisitStructure.CONTINUOUS_AR1),
        Map.entry("toep", VisitStructure.TOEPLITZ), Map.entry("toeph", VisitStructure.HETEROGENEOUS_TOEPLITZ),
        Map.entry("ad", VisitStructure.ANTE_DEPENDENCE),
        Map.entry("adh", VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE), Map.entry("us", VisitStructure.UNSTRUCTURED));

    private static List<Reference> all;

    static Reference read(final String id) {
        return new Reference(id, Golden.read(id));
    }

    private static final Map<String, ModelFit> FITS = new ConcurrentHashMap<>();

    /** All reference fits in the order of their names. */
    static synchronized List<Reference> all() {
        if (all == null) {
            all = load();
        }
        return all;
    }

    private static List<Reference> load() {
        try (Stream<Path> files = Files.list(TestData.folder().resolve("reference"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("marg_"))
                .map(name -> name.replace(".json", "")).sorted().map(Reference::read).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The CSV as a frame; agec is the numeric copy of the visit that the formulas use. */
    static Frame frame(final String data, final String visit) {
        final TestData csv = TestData.read(data);
        final List<Column> columns = new ArrayList<>();
        for (final String name : csv.names()) {
            final String[] cells = csv.strings(name);
            final boolean numeric = Arrays.stream(cells).allMatch(c -> c.isEmpty() || c.matches("[-+0-9.eE]+"));
            columns.add(numeric ? new NumericColumn(name, csv.numbers(name))
                : NominalColumn.of(name, Arrays.stream(cells).map(c -> c.isEmpty() ? null : c).toList()));
        }
        if (!visit.equals("visit")) {
            columns.add(new NumericColumn("agec", csv.numbers(visit)));
        }
        return new Frame(csv.rows(), columns);
    }

    Frame frame() {
        return frame(golden.at("data", "file").text().replaceAll(".*/|\\.csv", ""), visit());
    }

    private String visit() {
        return golden.at("model", "visit").text();
    }

    VisitStructure structure() {
        return STRUCTURES.get(golden.at("model", "structure").text());
    }

    /**
     * Under which name the reference has a method's figures. Kenward-Roger's second-derivative term is mmrm's there, so
     * that it is compared without it, where it vanishes; else under no name that exists.
     */
    String mmrmKey(final DfMethod method) {
        return method == DfMethod.KENWARD_ROGER
            ? structure().linear() ? "kenward_roger_linear" : "not in natural parameters"
            : method.name().toLowerCase(Locale.ROOT);
    }

    boolean reml() {
        return golden.at("method").text().equals("REML");
    }

    MarginalSettings settings(final DfMethod dfMethod, final FixedCovariance covariance) {
        final VisitStructure structure = structure();
        final String time = structure.overPlaces() != null ? golden.at("model", "time").text() : null;
        final Layout layout = new Layout(golden.at("model", "subject").text(), visit(), time, null);
        DesignOptions options = DesignOptions.DEFAULT;
        final Golden coding = golden.at("data", "factor_coding");
        for (final String factor : coding.keys()) {
            options = options.withOrder(factor, LevelOrder.explicit(coding.at(factor, "levels").texts()));
            options = golden.at("model", "r_formula").text().contains(factor) || factor.equals(visit())
                ? options.withNominal(factor) : options;
        }
        final boolean means = golden.has("mmrm") && golden.at("mmrm").has("ls_means_satterthwaite");
        return MarginalSettings.of(Formula.parse(golden.at("model", "r_formula").text()), layout, structure)
            .withOptions(options)
            .withReml(reml()).withInference(i -> i.withDf(dfMethod).withFixedCovariance(covariance)
            .withVariances(VarianceIntervals.NONE, false))
            .withTables(TableSettings.means(means ? List.of(List.of("arm")) : List.of(), null));
    }

    ModelFit fit(final DfMethod dfMethod, final FixedCovariance covariance) {
        return FITS.computeIfAbsent(id + dfMethod + covariance, key -> MarginalModel.fit(
            settings(dfMethod, covariance), frame(), Progress.NONE, new Warnings()));
    }
}
