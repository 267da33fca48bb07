package org.inoculum.compose;

/**
 * A line of {@code rejected.jsonl}: a crop that gave no cell.
 *
 * @param source its file
 * @param className its class
 * @param reason why
 */
public record RejectedCrop(String source, String className, String reason) {}
