package org.inoculum.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.Weights;

/**
 * The smallest family: 64 weights that are drawn towards random numbers. It has what any has
 * (weights, an optimiser, draws that follow the iteration), and checkpoints of a few kilobytes.
 */
class TinyTrainer implements Trainer {
  private static final int COUNT = 64;

  private final Weights weights = new Weights();
  private final Adam adam;
  private final long seed;

  TinyTrainer(long seed) {
    this.seed = seed;
    weights.add("w", draw(0), COUNT);
    adam = new Adam(weights, new Adam.Options(0.1, 0.5, 0.9, 1e-7));
  }

  /** Replaces what an iteration measures: to break it. */
  DoubleUnaryOperator loss(Iteration step) {
    return loss -> loss;
  }

  Tensor weights() {
    return weights.get("w");
  }

  @Override
  public List<String> describe() {
    return List.of();
  }

  @Override
  public Map<String, Double> run(Iteration step) {
    try (PointerScope scope = new PointerScope()) {
      Tensor target = Tensor.create(draw(step.iteration()), COUNT);
      Tensor loss = weights.get("w").sub(target).square().mean();
      adam.step(
          torch.grad(
              new TensorVector(loss),
              weights.vector(),
              new TensorVector(),
              new BoolOptional(false),
              false,
              false),
          step.learningRateFactor());
      Map<String, Double> measured = new LinkedHashMap<>();
      measured.put("loss", loss(step).applyAsDouble(loss.item_double()));
      return measured;
    }
  }

  @Override
  public String line(long iteration, long iterationsPerEpoch, Map<String, Double> measured) {
    return ">" + iteration + " " + measured;
  }

  @Override
  public List<String> remarks(long iteration) {
    return List.of();
  }

  @Override
  public Tensor samples(int count) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      return torch.tanh(weights.get("w")).view(1, 1, 8, 8).repeat(count, 1, 1, 1);
    }
  }

  /** The weights with a little noise of each image's own. */
  @Override
  public Tensor images(long latentSeed, long first, long... labels) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      Tensor[] images = new Tensor[labels.length];
      for (int i = 0; i < images.length; i++) {
        RandomStream random = RandomStream.of(latentSeed, Purpose.LATENTS, first + i);
        float[] noise = new float[COUNT];
        for (int j = 0; j < COUNT; j++) {
          noise[j] = (float) (0.5 * random.nextGaussian());
        }
        images[i] = torch.tanh(weights.get("w").add(Tensor.create(noise, COUNT))).view(1, 8, 8);
      }
      return torch.stack(new TensorVector(images), 0);
    }
  }

  @Override
  public byte[] encodeGenerator() {
    return Safetensors.encode(weights, Map.of());
  }

  @Override
  public SnapshotInfo describeGenerator(long iteration, double kimg, String sha256) {
    return new SnapshotInfo("tiny", 8, 1, 4, 8, 1, null, iteration, kimg, sha256);
  }

  @Override
  public TrainingState state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(weights.all());
    tensors.putAll(adam.state());
    return new TrainingState(tensors, Map.of("steps", (double) adam.steps()));
  }

  @Override
  public void restoreScalars(Map<String, Double> scalars) {
    adam.steps(scalars.getOrDefault("steps", 0.0).longValue());
  }

  @Override
  public void close() {
    adam.close();
    weights.close();
  }

  private float[] draw(long iteration) {
    RandomStream random = RandomStream.of(seed, Purpose.SAMPLING, iteration);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
