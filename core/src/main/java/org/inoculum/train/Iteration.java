package org.inoculum.train;

/**
 * The input of an iteration beside the training state and the configuration.
 *
 * @param iteration its number, from 1: with the seed it decides every random draw
 * @param progress share of the budget used up before it, 0..1: what schedules follow. It is
 *     recorded (stats.jsonl, checkpoints), never read from the clock, so that a resumed run
 *     continues it
 * @param learningRateFactor what every learning rate is multiplied with: 1, or less after a
 *     divergence
 */
record Iteration(long iteration, double progress, double learningRateFactor) {}
