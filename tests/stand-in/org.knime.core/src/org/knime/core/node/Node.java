package org.knime.core.node;

/** A node in a workflow. There are no workflows here, so nothing makes one; signatures mention it. */
public final class Node {

    private Node() {
    }
}
