package dev.mixedmodels.standin.dialog;

import java.util.List;

/**
 * A section as the dialog shows it. One whose fields are all hidden or advanced is there with its heading alone, unless
 * the section itself is hidden or advanced.
 *
 * @param heading the section's title; empty for fields outside of all sections, which come first
 * @param elements what stands under it, in its order: keys of fields, group/key for those of a group, array[i]/key for
 *            those of an element of an array (whose own title is not shown, only its button), and names of messages
 */
public record DialogSection(String heading, List<String> elements) {
}
