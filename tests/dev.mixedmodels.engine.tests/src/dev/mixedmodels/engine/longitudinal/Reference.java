package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The reference fits of longitudinal models and our own fits of the same. */
final class Reference {
    /** Ids of the reference fits of lme4 (independent residuals). */
    static final List<String> LME4 = Stream.of("long_sleep_ri", "long_sleep_rs", "long_sleep_rsu", "long_orthodont_ri",
        "long_orthodont_rs", "long_orthodont_rsc", "long_bodyweight_rs").flatMap(Reference::methods).toList();
    /** Ids of the reference fits with structured residuals (dense likelihood, nlme). */
    static final List<String> STRUCTURED = Stream.of("longr_bodyweight_ri_car1", "longr_bodyweight_rs_car1",
        "longr_orthodont_ri_het", "longr_orthodont_rs_het", "longr_ovary_ri_ar1", "longr_ovary_diag_ar1",
        "longr_ovary_gls_ar1", "longr_ovary_ri_car1").flatMap(Reference::methods).toList();

    private static final Map<String, String> SUBJECTS =
        Map.of("sleepstudy", "Subject", "orthodont", "Subject", "bodyweight", "Rat", "ovary", "Mare");

    private Reference() {
    }

    private static Stream<String> methods(final String id) {
        return Stream.of(id + "_reml", id + "_ml");
    }

    static Stream<String> all() {
        return Stream.concat(LME4.stream(), STRUCTURED.stream());
    }

    static String dataSet(final Golden golden) {
        return golden.at("data", "file").text().replaceAll(".*/|\\.csv", "");
    }

    /** The data set with grouping columns as text. */
    static Frame frame(final String name) {
        final TestData data = TestData.read(name);
        final List<String> columns = switch (name) {
            case "sleepstudy" -> List.of("Reaction", "Days");
            case "orthodont" -> List.of("distance", "age", "age_c11");
            case "bodyweight" -> List.of("weight", "Time");
            default -> List.of("follicles", "Time", "sin2pit", "cos2pit", "index");
        };
        final List<String> nominal = switch (name) {
            case "orthodont" -> List.of("Subject", "Sex");
            case "bodyweight" -> List.of("Rat", "Diet");
            default -> List.of(SUBJECTS.get(name));
        };
        return Frames.of(data, columns, nominal);
    }

    static DesignOptions options(final String name) {
        return name.equals("orthodont")
            ? DesignOptions.DEFAULT.withOrder("Sex", LevelOrder.reference("Male")) : DesignOptions.DEFAULT;
    }

    static LongitudinalSettings settings(final String id) {
        final Golden golden = Golden.read(id);
        String formula = golden.at("model", "r_formula").text();
        final String subject = SUBJECTS.get(dataSet(golden));
        final Golden model = golden.at("model");
        if (model.has("random")) {
            final String bar = model.at("random_covariance").text().equals("diag") ? " || " : " | ";
            formula += " + (" + model.at("random").text().substring(1).replace(" | ", bar) + ")";
        }
        LongitudinalSettings settings = LongitudinalSettings.of(Formula.parse(formula))
            .withReml(golden.at("method").text().equals("REML"));
        if (model.has("residual")) {
            final ResidualStructure structure = switch (model.at("residual").text()) {
                case "ar1" -> ResidualStructure.AR1;
                case "car1" -> ResidualStructure.CONTINUOUS_AR1;
                default -> ResidualStructure.INDEPENDENT;
            };
            final String time = model.has("time") ? model.at("time").text()
                : structure == ResidualStructure.AR1 ? "index" : null;
            settings = settings.withResidual(structure, time, subject)
                .withVariance(model.has("strata") ? model.at("strata").text() : null, null);
        }
        return settings;
    }

    static LongitudinalFit fit(final String id, final LongitudinalSettings settings) {
        final String name = dataSet(Golden.read(id));
        return LongitudinalModel.fit(settings.withOptions(options(name)), frame(name), Progress.NONE, new Warnings());
    }
}
