package org.inoculum.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inoculum.train.PlainMaths.Maps;

/** The classic G and D on {@link PlainMaths}: losses and all gradients of one batch. */
final class PlainDcgan {
  private static final double D_SLOPE = 0.02;
  private static final double G_SLOPE = 0.2;

  private final int size;
  private final int channels;
  private final int blocks;
  private final int start;
  private final Map<String, double[]> d;
  private final Map<String, double[]> g;

  PlainDcgan(int size, int channels, int blocks, Map<String, double[]> d, Map<String, double[]> g) {
    this.size = size;
    this.channels = channels;
    this.blocks = blocks;
    this.start = size >> blocks;
    this.d = d;
    this.g = g;
  }

  /** A loss, its gradients by parameter, and its gradient with respect to the images. */
  record Evaluated(double loss, Map<String, double[]> gradients, Maps images) {}

  /**
   * Cross-entropy of the discriminator's verdict on these images against one label, from logits.
   */
  Evaluated evaluate(double[] pixels, int n, boolean real) {
    List<Maps> maps = new ArrayList<>();
    maps.add(new Maps(pixels, n, channels, size));
    for (int block = 1; block <= blocks; block++) {
      Maps next = Maps.of(n, 128, size >> block);
      PlainMaths.convolve(maps.get(block - 1), value(d, "down" + block + ".weight"), next, 4, 2, 1);
      PlainMaths.addBias(next, value(d, "down" + block + ".bias"));
      PlainMaths.leaky(next.values(), D_SLOPE);
      maps.add(next);
    }
    Maps last = maps.get(blocks);
    double[] weight = value(d, "dense.weight");
    double[] logits = PlainMaths.dense(last.values(), n, weight, value(d, "dense.bias"));

    double loss = 0;
    Map<String, double[]> gradients = new LinkedHashMap<>();
    double[] wgrad = new double[weight.length];
    double[] biasGradient = new double[1];
    Maps gradient = Maps.of(n, 128, start);
    for (int image = 0; image < n; image++) {
      double x = real ? logits[image] : -logits[image];
      loss += Math.log1p(Math.exp(-x)) / n;
      double slope = (real ? -1 : 1) / (1 + Math.exp(x)) / n;
      biasGradient[0] += slope;
      for (int i = 0; i < weight.length; i++) {
        wgrad[i] += slope * last.values()[image * weight.length + i];
        gradient.values()[image * weight.length + i] = slope * weight[i];
      }
    }
    gradients.put("dense.weight", wgrad);
    gradients.put("dense.bias", biasGradient);
    for (int block = blocks; block >= 1; block--) {
      Maps below = maps.get(block - 1);
      PlainMaths.leakyGradient(gradient.values(), maps.get(block).values(), D_SLOPE);
      gradients.put(
          "down" + block + ".weight", PlainMaths.kernelGradient(below, gradient, 4, 2, 1));
      gradients.put("down" + block + ".bias", PlainMaths.biasGradient(gradient));
      Maps next = Maps.of(n, below.channels(), below.side());
      PlainMaths.spread(gradient, value(d, "down" + block + ".weight"), next, 4, 2, 1);
      gradient = next;
    }
    return new Evaluated(loss, gradients, gradient);
  }

  /** The generator's loss against label 1 for these latents (n, latent), and its gradients. */
  Evaluated fool(double[] z, int n) {
    List<Maps> maps = new ArrayList<>();
    Maps first =
        new Maps(
            PlainMaths.dense(z, n, value(g, "dense.weight"), value(g, "dense.bias")),
            n,
            1024,
            start);
    PlainMaths.leaky(first.values(), G_SLOPE);
    maps.add(first);
    for (int block = 1; block <= blocks; block++) {
      Maps next = Maps.of(n, 128, start << block);
      PlainMaths.spread(maps.get(block - 1), value(g, "up" + block + ".weight"), next, 4, 2, 1);
      PlainMaths.addBias(next, value(g, "up" + block + ".bias"));
      PlainMaths.leaky(next.values(), G_SLOPE);
      maps.add(next);
    }
    Maps pixels = Maps.of(n, channels, size);
    PlainMaths.convolve(maps.get(blocks), value(g, "out.weight"), pixels, 3, 1, 1);
    PlainMaths.addBias(pixels, value(g, "out.bias"));
    for (int i = 0; i < pixels.values().length; i++) {
      pixels.values()[i] = Math.tanh(pixels.values()[i]);
    }

    Evaluated evaluated = evaluate(pixels.values(), n, true);
    Map<String, double[]> gradients = new LinkedHashMap<>();
    Maps gradient = evaluated.images();
    for (int i = 0; i < pixels.values().length; i++) {
      gradient.values()[i] *= 1 - pixels.values()[i] * pixels.values()[i];
    }
    gradients.put("out.weight", PlainMaths.kernelGradient(maps.get(blocks), gradient, 3, 1, 1));
    gradients.put("out.bias", PlainMaths.biasGradient(gradient));
    Maps next = Maps.of(n, 128, size);
    PlainMaths.spread(gradient, value(g, "out.weight"), next, 3, 1, 1);
    gradient = next;
    for (int block = blocks; block >= 1; block--) {
      Maps below = maps.get(block - 1);
      PlainMaths.leakyGradient(gradient.values(), maps.get(block).values(), G_SLOPE);
      gradients.put("up" + block + ".weight", PlainMaths.kernelGradient(gradient, below, 4, 2, 1));
      gradients.put("up" + block + ".bias", PlainMaths.biasGradient(gradient));
      next = Maps.of(n, below.channels(), below.side());
      PlainMaths.convolve(gradient, value(g, "up" + block + ".weight"), next, 4, 2, 1);
      gradient = next;
    }
    PlainMaths.leakyGradient(gradient.values(), first.values(), G_SLOPE);
    int out = 1024 * start * start;
    int latentSize = z.length / n;
    double[] wgrad = new double[out * latentSize];
    double[] biasGradient = new double[out];
    for (int image = 0; image < n; image++) {
      for (int o = 0; o < out; o++) {
        double slope = gradient.values()[image * out + o];
        biasGradient[o] += slope;
        for (int i = 0; i < latentSize; i++) {
          wgrad[o * latentSize + i] += slope * z[image * latentSize + i];
        }
      }
    }
    gradients.put("dense.weight", wgrad);
    gradients.put("dense.bias", biasGradient);
    return new Evaluated(evaluated.loss(), gradients, gradient);
  }

  private static double[] value(Map<String, double[]> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }
}
