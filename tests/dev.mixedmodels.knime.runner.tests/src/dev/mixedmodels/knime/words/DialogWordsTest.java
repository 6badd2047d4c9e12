package dev.mixedmodels.knime.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.empiricalbayes.PriorEstimator;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.PosteriorVariance;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.standin.run.NodeDescription;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages speak of settings by their titles and of choices by their labels, read off the sources. */
class DialogWordsTest {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_0-9]+");
    private static final Pattern QUOTED = Pattern.compile("\\\\\"([A-Z][^\"\\\\]*)\\\\\"");
    /** Names of KNIME's own nodes, which messages may name as a remedy. */
    private static final Set<String> NODES = Set.of("String to Number", "String to Date&Time");

    @Test
    void noTextNamesAPersistedKeyOrAConstant() {
        final Set<String> codes = Dialogs.codes();
        assertTrue(codes.containsAll(List.of("givenTau2", "fixedEffects", "KASS_STEFFEY", "GAUSSIAN", "AR1")),
            codes::toString);
        final Set<String> wrong = new TreeSet<>();
        for (final Literals.Literal literal : Literals.all()) {
            final Matcher word = WORD.matcher(literal.text());
            while (word.find()) {
                // the description of a list of constants has to name some; a key by itself asks for a setting's value
                if (codes.contains(word.group()) && !word.group().equals(literal.text())
                    && !literal.text().contains("names them by their constants")) {
                    wrong.add(literal.file() + ": " + word.group());
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void whatStandsInQuotationMarksIsATitleOrALabelOfADialog() {
        final Set<String> titles = Dialogs.titles();
        final Set<String> wrong = new TreeSet<>();
        for (final Literals.Literal literal : Literals.all()) {
            final Matcher quoted = QUOTED.matcher(literal.text());
            while (quoted.find()) {
                if (!titles.contains(quoted.group(1)) && !NODES.contains(quoted.group(1))) {
                    wrong.add(literal.file() + ": " + quoted.group(1));
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    /** Correlations that no node offers for residuals in time. */
    private static final Set<String> OVER_COORDINATES = Set.of("GAUSSIAN", "SPHERICAL");

    static List<Class<? extends Enum<?>>> choicesOfTheEngine() {
        return List.of(Family.class, PriorEstimator.class, PosteriorVariance.class, VisitStructure.class,
            ResidualStructure.class, FixedCovariance.class);
    }

    /** The engine's messages print its own constants; a nugget is a choice of its own beside the structure. */
    @ParameterizedTest
    @MethodSource("choicesOfTheEngine")
    void theEnginePrintsAChoiceAsTheDialogDoes(final Class<? extends Enum<?>> type) {
        final Set<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name)
            .filter(name -> !name.endsWith("_NUGGET") && !(type == ResidualStructure.class && OVER_COORDINATES.contains(name)))
            .collect(Collectors.toSet());
        final Map<String, String> labels = Dialogs.factories().stream()
            .flatMap(factory -> NodeDescription.of(factory).settings().stream())
            .map(setting -> setting.choices().stream()
                .collect(Collectors.toMap(NodeDescription.Choice::name, NodeDescription.Choice::label)))
            .filter(choices -> choices.keySet().containsAll(names) && choices.size() <= names.size() + 1).findFirst()
            .orElseThrow();
        for (final Enum<?> constant : type.getEnumConstants()) {
            final String name = constant.name().replace("_NUGGET", "");
            if (names.contains(name)) {
                assertEquals(labels.get(name) + (constant.name().equals(name) ? "" : " with nugget"), constant.toString());
            }
        }
    }
}
