package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.benchmarks.fuzz.Data.Column;
import dev.mixedmodels.standin.run.NodeDescription.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Random settings of a node, from its own description of them: any choice, and columns that may play their part. Only
 * numbers whose size decides about the time of a run are kept in bounds.
 */
final class RandomSettings {
    private static final double CHANGED = 0.3;
    private static final double[] LEVELS_OF_CONFIDENCE = {50, 80, 90, 99, 99.9};

    private static final List<String> INTERVALS = List.of("NONE", "WALD", "WALD", "WALD", "PROFILE", "BOOTSTRAP");
    private final long seed;
    private final Data data;
    private SplittableRandom random;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    private RandomSettings(final SplittableRandom random, final Data data) {
        seed = random.nextLong();
        this.data = data;
    }

    /** Settings that differ from those of a new node, keys with values. */
    static Map<String, Object> of(final SplittableRandom random, final NodeUnderTest node, final Data data) {
        final RandomSettings made = new RandomSettings(random, data);
        for (final Setting setting : node.settings()) {
            if (!setting.key().contains("/")) {
                // each draws on its own, so that a new setting leaves the others as they were
                made.random = new SplittableRandom(made.seed + setting.key().hashCode());
                made.choose(setting);
            }
        }
        return made.settings;
    }

    private boolean chance(final double probability) {
        return random.nextDouble() < probability;
    }

    private <T> T any(final List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private List<String> names(final Predicate<Column> wanted) {
        return data.columns().stream().filter(wanted).map(Column::name).toList();
    }

    private List<String> some(final List<String> names, final int most) {
        return IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> any(names)).distinct().toList();
    }

    private void choose(final Setting setting) {
        final Object role = role(setting.key());
        if (setting.key().equals("varianceIntervals")) {
            final List<String> offered = setting.choices().stream().map(choice -> choice.name()).toList();
            settings.put(setting.key(), any(INTERVALS.stream().filter(offered::contains).toList()));
        } else if (role != null) {
            settings.put(setting.key(), role);
        } else if (!setting.choices().isEmpty() && chance(CHANGED)) {
            settings.put(setting.key(), any(setting.choices()).name());
        } else if (setting.type().equals("boolean") && chance(CHANGED)) {
            settings.put(setting.key(), random.nextBoolean());
        }
    }

    /** What may be a fixed effect: one time in ten any column, which the node may have to refuse. */
    private boolean explains(final Column column) {
        return !List.of("y", "subject", "estimate", "unit").contains(column.name())
            && (chance(0.1) || !List.of("constant", "site", "item", "flag").contains(column.name()));
    }

    /** Some of the fixed effects, which are chosen first. */
    private List<String> chosen(final List<String> wanted) {
        return settings.get("fixedEffects") instanceof List<?> fixed
            ? wanted.stream().filter(name -> fixed.contains(name) || chance(0.05)).toList() : List.of();
    }

    /** What a setting by its key may be; null if its type says it. */
    private Object role(final String key) {
        return switch (key) {
            case "modelSpecification" -> "COLUMNS";
            case "response" -> "y";
            case "estimate", "unit", "count", "exposure", "successes", "trials" -> key;
            case "standardError" -> "se";
            case "group", "subject" -> chance(0.9) ? "subject" : any(List.of("site", "item"));
            case "visit" -> chance(0.9) ? "visit" : any(List.of("", "item"));
            case "missingValues" -> chance(0.1) ? "FAIL" : "OMIT_ROWS";
            case "time" -> any(List.of("day", "day", "", "score"));
            case "fixedEffects", "covariates" -> some(names(this::explains), 3);
            case "interactions" -> chance(0.2) ? List.of(Map.of("first", any(names(this::explains)),
                "second", any(names(this::explains)))) : List.of();
            case "levels" -> levels();
            case "centering" -> chosen(List.of("x", "base")).stream().filter(name -> chance(0.3))
                .map(name -> Map.of("column", name, "mode",
                    any(List.of("RAW", "GRAND_MEAN", "WITHIN", "WITHIN_AND_BETWEEN")), "level", "subject")).toList();
            case "randomSlopes" -> chance(0.1) ? List.of(any(List.of("x", "score"))) : List.of();
            case "structureBy", "residualVarianceBy" -> chance(0.1) ? any(List.of("arm", "sex", "visit")) : "";
            case "residualPowerOf" -> chance(0.05) ? "x" : "";
            case "timeDegree", "randomDegree" -> any(List.of(0, 0, 1, 1, 1, 2, 3));
            case "randomTests" -> chance(0.2);
            case "compareStructures" -> chance(0.1) ? List.of("COMPOUND_SYMMETRY", "AR1") : List.of();
            default -> number(key);
        };
    }

    private Object number(final String key) {
        return switch (key) {
            case "confidenceLevel" -> chance(CHANGED)
                ? (Object) LEVELS_OF_CONFIDENCE[random.nextInt(LEVELS_OF_CONFIDENCE.length)] : 95.0;
            case "givenTau2" -> any(List.of("0", "0.01", "0.1"));
            case "givenMean" -> any(List.of("", "0.3"));
            case "threshold" -> chance(CHANGED) ? "0.4" : "";
            case "commonStandardError" -> chance(0.1) ? 1.5 : 0.0;
            case "replicates" -> 20;
            case "bootstrapReplicates" -> 10;
            case "seed" -> 1 + random.nextInt(1000);
            case "meansOf" -> chance(0.3) ? chosen(List.of("arm", "sex")) : List.of();
            case "meansAt" -> chance(0.3) ? chosen(List.of("visit", "x")).stream().findFirst().orElse("") : "";
            default -> null;
        };
    }

    private List<Map<String, Object>> levels() {
        final List<Map<String, Object>> levels = new ArrayList<>();
        for (final String column : any(List.of(List.of("site", "subject"), List.of("subject"),
            List.of("subject", "item"), List.of("site", "subject", "item"), List.of("item")))) {
            levels.add(Map.of("column", column, "slopes", chance(0.2) ? List.of(any(List.of("x", "base"))) : List.of(),
                "covariance", any(List.of("UNSTRUCTURED", "DIAGONAL"))));
        }
        return levels;
    }
}
