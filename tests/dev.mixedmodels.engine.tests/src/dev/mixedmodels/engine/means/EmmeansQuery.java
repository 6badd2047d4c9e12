package dev.mixedmodels.engine.means;

import dev.mixedmodels.engine.design.MeansRequest.Comparison;
import dev.mixedmodels.engine.design.MeansWeights;
import dev.mixedmodels.engine.formula.LevelContrast;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.Alternative;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.multilevel.MeansModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What emmeans.R asks under a name, asked of us. */
record EmmeansQuery(StoredModel model, MeansSettings settings, String type) {
    private static final String CONTRASTS = "trend = -2*`1` - `2` + `4` + 2*`5`";

    static EmmeansQuery of(final String query) {
        final List<String> words = new ArrayList<>(Arrays.asList(query.split(" ")));
        final DfMethod df = switch (words.get(words.size() - 1)) {
            case "k" -> DfMethod.KENWARD_ROGER;
            case "a" -> DfMethod.ASYMPTOTIC;
            default -> switch (words.get(0)) {
                case "C", "D" -> DfMethod.KENWARD_ROGER;
                case "F" -> DfMethod.ASYMPTOTIC;
                default -> DfMethod.SATTERTHWAITE;
            };
        };
        final StoredModel model = switch (words.get(0)) {
            case "A" -> MeansModels.hetar1("y ~ arm * visit + baseline + (1 | subject)", df);
            case "B" -> MeansModels.hetar1("y ~ arm * visit + arm * baseline + (1 | subject)", df);
            case "C" -> MeansModels.orthodont(df);
            case "D" -> MeansModels.threearms("y ~ arm + site + x + (1 | id)", df);
            case "E" -> MeansModels.threearms("y ~ arm * site + x + (1 | id)", df);
            default -> MeansModels.egsingle(df);
        };
        final String asked = query.substring(2).replaceAll(" [ska]$", "");
        return new EmmeansQuery(model, settings(words.get(0), asked), type(words.get(0), asked));
    }

    private static String type(final String model, final String asked) {
        if (asked.startsWith("slope")) {
            return asked.equals("slopes") ? "Slope" : "Difference";
        }
        if (asked.equals("contrasts")) {
            return "Contrast";
        }
        return asked.matches("(pairs|intervals|dunnett|scheffe|greater|less).*") ? "Difference" : "Mean";
    }

    private static MeansSettings settings(final String model, final String asked) {
        final String of = switch (model) {
            case "A" -> asked.matches("(arm by|pairs by|weights|baseline|less|mean).*") ? "arm" : "visit";
            case "B", "D", "E" -> "arm";
            case "C" -> "Sex";
            default -> "female";
        };
        final List<Place> at = new ArrayList<>();
        if (asked.matches(".*by visit|less")) {
            at.add(levels("visit"));
        } else if (asked.matches("dunnett|scheffe|.*by arm")) {
            at.add(levels("arm"));
        } else if (asked.equals("baseline")) {
            at.add(new Place("baseline", Place.Rule.GIVEN, 45, 50, 55));
        } else if (model.equals("C")) {
            at.add(new Place("age", Place.Rule.GIVEN, 8, 11, 14));
        } else if (model.equals("E") && asked.matches("cells|pairs|joint by site")) {
            at.add(levels("site"));
        } else if (model.equals("F") && asked.equals("cells")) {
            at.add(levels("black"));
        }
        final boolean reference = asked.matches("dunnett|scheffe");
        final List<LevelContrast> contrasts = asked.equals("contrasts")
            ? LevelContrast.parse("(`1` + `2`)/2 - `5`\n" + CONTRASTS) : List.of();
        return new MeansSettings(List.of(List.of(of)), at,
            !asked.startsWith("slope") ? List.of() : List.of(model.equals("B") ? "baseline" : model.equals("C") ? "age" : "year"),
            weights(asked), reference ? Comparison.REFERENCE : Comparison.PAIRS, null, contrasts, tests(asked));
    }

    private static Place levels(final String column) {
        return new Place(column, Place.Rule.OBSERVED);
    }

    private static MeansWeights weights(final String asked) {
        final String last = asked.replaceAll(".* ", "");
        return switch (last) {
            case "proportional" -> MeansWeights.PROPORTIONAL;
            case "outer" -> MeansWeights.MARGINS;
            case "cells" -> MeansWeights.CELLS;
            default -> MeansWeights.EQUAL;
        };
    }

    private static MeansTests tests(final String asked) {
        if (asked.equals("greater")) {
            return new MeansTests(Adjustment.HOLM, 0.95, false, Alternative.GREATER, 0, -0.5);
        }
        if (asked.equals("less")) {
            return new MeansTests(Adjustment.NONE, 0.9, false, Alternative.LESS, 0, 0.25);
        }
        if (asked.equals("mean null")) {
            return new MeansTests(Adjustment.NONE, 0.95, false, Alternative.TWO_SIDED, 8, 0);
        }
        final String last = asked.equals("contrasts") ? "holm"
            : asked.matches("pairs (equal|proportional|outer|cells)") ? "tukey" : asked.replaceAll(".* ", "");
        return new MeansTests(Arrays.stream(Adjustment.values())
            .filter(a -> a.name().equals(last.toUpperCase(Locale.ROOT))).findFirst().orElse(Adjustment.NONE), 0.95,
            asked.startsWith("intervals"), Alternative.TWO_SIDED, 0, 0);
    }

    double hypothesis() {
        return type.equals("Mean") || type.equals("Slope") ? settings.tests().nullMean() : settings.tests().nullDifference();
    }

    /** What the p-values of Dunnett are good for. */
    double adjustmentError() {
        return settings.tests().adjustment() == Adjustment.DUNNETT ? 1e-5 : 0;
    }
}
