package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Kenward-Roger against SAS PROC MIXED (DDFM=KR and DDFM=KR(LINEAR)) on the data set fev_data of the R package mmrm,
 * FEV1 = ARMCD, as the authors of mmrm publish it in design/ddfm_covtype. SAS stops its iterations early, so that its
 * standard errors are up to 1.2e-4 (relative) from those at the maximum, with and without the term of second
 * derivatives; the term itself, the difference of the two, agrees much better.
 * <p>
 * Argument: the path of fev_data.csv, which is not part of this project. Exit code 1 if a figure differs by more.
 */
public final class SasKenwardRoger {
    private static final double STD_ERROR = 2e-4;
    private static final double TERM = 2e-7;
    private static final double DF = 1e-3;

    /** SAS's standard error and degrees of freedom of ARMCD TRT - PBO with the term, standard error without it. */
    private record Published(VisitStructure structure, double stdError, double df, double linear) {
    }

    private static final List<Published> SAS = List.of(
        new Published(VisitStructure.UNSTRUCTURED, 0.66124382270307, 160.733266403768, 0.66124382270307),
        new Published(VisitStructure.COMPOUND_SYMMETRY, 0.7964696053595, 177.038485931223, 0.7964696053595),
        new Published(VisitStructure.HETEROGENEOUS_COMPOUND_SYMMETRY, 0.67414806011886, 190.737701349941,
            0.67403858183242),
        new Published(VisitStructure.AR1, 0.95865439662225, 188.46934887972, 0.96058142305176),
        new Published(VisitStructure.HETEROGENEOUS_AR1, 0.7590316099633, 188.225339095373, 0.75924807546934),
        new Published(VisitStructure.TOEPLITZ, 0.87839805519623, 160.027408337368, 0.87839805519623),
        new Published(VisitStructure.HETEROGENEOUS_TOEPLITZ, 0.72543828853831, 180.062730071701, 0.72537324518435),
        new Published(VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE, 0.66172017349971, 162.393385281755,
            0.66158550758897));

    private SasKenwardRoger() {
    }

    /**
     * @param args the path of fev_data.csv
     * @throws IOException if it cannot be read
     */
    public static void main(final String[] args) throws IOException {
        final Frame frame = read(Path.of(args[0]));
        boolean agree = true;
        System.out.printf(Locale.ROOT, "%-32s %12s %12s %10s %10s %9s %9s%n", "standard error of ARMCDTRT", "here", "SAS",
            "term here", "term SAS", "df here", "df SAS");
        for (final Published sas : SAS) {
            final FixedEffectRow row = arm(frame, sas.structure, DfMethod.KENWARD_ROGER);
            final double term = row.stdError()
                - arm(frame, sas.structure, DfMethod.KENWARD_ROGER_LINEAR).stdError();
            final double sasTerm = sas.stdError - sas.linear;
            System.out.printf(Locale.ROOT, "%-32s %12.8f %12.8f %10.7f %10.7f %9.3f %9.3f%n", sas.structure, row.stdError(),
                sas.stdError, term, sasTerm, row.df(), sas.df);
            agree &= Math.abs(row.stdError() / sas.stdError - 1) <= STD_ERROR && Math.abs(term - sasTerm) <= TERM
                && Math.abs(row.df() / sas.df - 1) <= DF;
        }
        if (!agree) {
            System.out.println("Not all figures agree with SAS.");
            System.exit(1);
        }
    }

    private static FixedEffectRow arm(final Frame frame, final VisitStructure structure, final DfMethod method) {
        return MarginalModel.fit(MarginalSettings.of(Formula.parse("FEV1 ~ ARMCD"),
            new Layout("USUBJID", "AVISIT", null, null), structure)
            .withInference(i -> i.withDf(method).withVariances(VarianceIntervals.NONE, false)), frame, Progress.NONE,
            new Warnings()).tables().fixedEffects().get(1);
    }

    private static Frame read(final Path file) throws IOException {
        final List<String[]> lines = Files.readAllLines(file).stream()
            .map(line -> line.replace("\"", "").split(",", -1)).toList();
        final List<String> header = Arrays.asList(lines.get(0));
        final FrameBuilder builder = new FrameBuilder(lines.size() - 1);
        final List<String> names = List.of("USUBJID", "AVISIT", "ARMCD");
        names.forEach(builder::addNominal);
        builder.addNumeric("FEV1");
        for (final String[] cells : lines.subList(1, lines.size())) {
            for (int i = 0; i < names.size(); i++) {
                builder.text(i, cells[header.indexOf(names.get(i))]);
            }
            final String response = cells[header.indexOf("FEV1")];
            builder.number(names.size(), response.isEmpty() ? Double.NaN : Double.parseDouble(response));
            builder.endRow();
        }
        return builder.build();
    }
}
