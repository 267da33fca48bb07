package org.inoculum.bench.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.bench.protocol.Contestant;
import org.inoculum.bench.protocol.Work;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * The classic iteration as three runs of one graph, in channels-last layout (TensorFlow has no
 * other on a CPU).
 */
final class ClassicTensorFlow implements Contestant {
  private static final List<Long> STRIDE_2 = List.of(1L, 2L, 2L, 1L);
  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);

  private final Work work;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Session session;
  private final Placeholder<TFloat32> betaPower1 = scalar();
  private final Placeholder<TFloat32> betaPower2 = scalar();
  private final List<Op> initial = new ArrayList<>();
  private final Map<Placeholder<TFloat32>, TFloat32> initialValues = new LinkedHashMap<>();
  private final Placeholder<TFloat32> images = tf.placeholder(TFloat32.class);
  private final Placeholder<TFloat32> latents = tf.placeholder(TFloat32.class);
  private final Placeholder<TFloat32> mask = tf.placeholder(TFloat32.class);
  private final Update realUpdate;
  private final Update fakeUpdate;
  private final Update onGenerator;
  private final TFloat32 reals;
  private final TFloat32 z1;
  private final TFloat32 z2;
  private final TFloat32 mask1;
  private final TFloat32 mask2;
  private final TFloat32 mask3;
  private int ofDiscriminator;
  private int ofGenerator;

  /** A loss and the operations that change the weights by it. */
  private record Update(Operand<TFloat32> loss, List<Op> changes) {}

  /** A weight with Adam's moments. */
  private record Weight(
      Variable<TFloat32> value, Variable<TFloat32> first, Variable<TFloat32> second) {}

  private ClassicTensorFlow(Work work, int threads) throws IOException {
    this.work = work;
    Map<String, Weight> g = new LinkedHashMap<>();
    Map<String, Weight> d = new LinkedHashMap<>();
    long maps = (long) Work.START_CHANNELS * work.start() * work.start();
    weight(g, "generator", "dense", maps, work.latentSize());
    for (int block = 1; block <= work.blocks(); block++) {
      long in = block == 1 ? Work.START_CHANNELS : Work.WIDTH;
      filter(g, "generator", "up" + block, in, Work.WIDTH, 4, Work.WIDTH);
      long from = block == 1 ? work.channels() : Work.WIDTH;
      filter(d, "discriminator", "down" + block, Work.WIDTH, from, 4, Work.WIDTH);
    }
    filter(g, "generator", "out", work.channels(), Work.WIDTH, 3, work.channels());
    weight(d, "discriminator", "dense", 1, work.features());

    realUpdate = update(tf.math.softplus(tf.math.neg(discriminator(d, images))), d);
    Operand<TFloat32> fakes = tf.stopGradient(generator(g, latents, work.batch() / 2));
    fakeUpdate = update(tf.math.softplus(discriminator(d, fakes)), d);
    onGenerator =
        update(
            tf.math.softplus(tf.math.neg(discriminator(d, generator(g, latents, work.batch())))),
            g);

    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .build());
    Session.Runner runner = session.runner();
    initial.forEach(runner::addTarget);
    initialValues.forEach(runner::feed);
    runner.run().close();

    int half = work.batch() / 2;
    reals =
        tensor(
            lastChannels(work.floats("reals"), half, work.channels(), work.size() * work.size()),
            half,
            work.size(),
            work.size(),
            work.channels());
    z1 = tensor(work.floats("z1"), half, work.latentSize());
    z2 = tensor(work.floats("z2"), work.batch(), work.latentSize());
    mask1 = tensor(work.floats("mask1"), half, work.features());
    mask2 = tensor(work.floats("mask2"), half, work.features());
    mask3 = tensor(work.floats("mask3"), work.batch(), work.features());
  }

  public static void main(String[] arguments) throws IOException {
    Contestant.serve(
        new ClassicTensorFlow(Work.read(Path.of(arguments[0])), Integer.parseInt(arguments[1])));
  }

  @Override
  public double[] step() {
    double d1 = run(realUpdate, images, reals, mask1, ++ofDiscriminator);
    double d2 = run(fakeUpdate, latents, z1, mask2, ++ofDiscriminator);
    return new double[] {d1, d2, run(onGenerator, latents, z2, mask3, ++ofGenerator)};
  }

  private double run(
      Update update, Placeholder<TFloat32> input, TFloat32 value, TFloat32 dropout, int step) {
    try (TFloat32 power1 = TFloat32.scalarOf((float) Math.pow(Work.BETA1, step));
        TFloat32 power2 = TFloat32.scalarOf((float) Math.pow(Work.BETA2, step))) {
      Session.Runner runner =
          session
              .runner()
              .feed(input, value)
              .feed(mask, dropout)
              .feed(betaPower1, power1)
              .feed(betaPower2, power2)
              .fetch(update.loss());
      update.changes().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private Operand<TFloat32> generator(Map<String, Weight> g, Operand<TFloat32> z, int count) {
    int start = work.start();
    Operand<TFloat32> x =
        tf.nn.leakyRelu(
            tf.math.add(
                tf.linalg.matMul(z, value(g, "dense.weight"), MatMul.transposeB(true)),
                value(g, "dense.bias")),
            LeakyRelu.alpha(Work.GENERATOR_SLOPE));
    x = tf.reshape(x, tf.array(count, Work.START_CHANNELS, start, start));
    x = tf.linalg.transpose(x, tf.array(0, 2, 3, 1)); // (N, start, start, 1024)
    for (int block = 1; block <= work.blocks(); block++) {
      int side = start << block;
      x =
          tf.nn.conv2dBackpropInput(
              tf.array(count, side, side, Work.WIDTH),
              value(g, "up" + block + ".weight"),
              x,
              STRIDE_2,
              "SAME");
      x =
          tf.nn.leakyRelu(
              tf.nn.biasAdd(x, value(g, "up" + block + ".bias")),
              LeakyRelu.alpha(Work.GENERATOR_SLOPE));
    }
    x = tf.nn.conv2d(x, value(g, "out.weight"), STRIDE_1, "SAME");
    return tf.math.tanh(tf.nn.biasAdd(x, value(g, "out.bias"))); // (N, size, size, channels)
  }

  private Operand<TFloat32> discriminator(Map<String, Weight> d, Operand<TFloat32> images) {
    Operand<TFloat32> x = images;
    for (int block = 1; block <= work.blocks(); block++) {
      x = tf.nn.conv2d(x, value(d, "down" + block + ".weight"), STRIDE_2, "SAME");
      x =
          tf.nn.leakyRelu(
              tf.nn.biasAdd(x, value(d, "down" + block + ".bias")),
              LeakyRelu.alpha(Work.DISCRIMINATOR_SLOPE));
    }
    x = tf.linalg.transpose(x, tf.array(0, 3, 1, 2)); // as libtorch flattens it
    x = tf.math.mul(tf.reshape(x, tf.array(-1, work.features())), mask);
    x = tf.linalg.matMul(x, value(d, "dense.weight"), MatMul.transposeB(true));
    return tf.math.add(x, value(d, "dense.bias")); // (N, 1)
  }

  private Update update(Operand<TFloat32> losses, Map<String, Weight> weights) {
    Operand<TFloat32> loss = tf.math.mean(losses, tf.array(0, 1));
    Output<?>[] parameters =
        weights.values().stream().map(weight -> weight.value().asOutput()).toArray(Output[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), parameters);
    // Otherwise a weight may change while another's gradient is still computed from it.
    Ops afterwards = tf.withControlDependencyOps(Arrays.stream(gradients).map(Output::op).toList());
    List<Op> changes = new ArrayList<>();
    int i = 0;
    for (Weight weight : weights.values()) {
      @SuppressWarnings("unchecked") // of a loss and weights of floats
      Output<TFloat32> gradient = (Output<TFloat32>) gradients[i++];
      changes.add(
          afterwards.train.applyAdam(
              weight.value(),
              weight.first(),
              weight.second(),
              betaPower1,
              betaPower2,
              tf.constant(Work.LEARNING_RATE),
              tf.constant(Work.BETA1),
              tf.constant(Work.BETA2),
              tf.constant(Work.EPSILON),
              gradient));
    }
    return new Update(loss, changes);
  }

  private static Operand<TFloat32> value(Map<String, Weight> weights, String name) {
    Weight weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException(name);
    }
    return weight.value();
  }

  private void weight(Map<String, Weight> into, String network, String name, long out, long in)
      throws IOException {
    add(into, name + ".weight", work.floats(network + "." + name + ".weight"), out, in);
    add(into, name + ".bias", work.floats(network + "." + name + ".bias"), out);
  }

  /** (a, b, k, k) of libtorch, plain or transposed, is (k, k, b, a) here. */
  private void filter(
      Map<String, Weight> into, String network, String name, long a, long b, int k, long biases)
      throws IOException {
    float[] from = work.floats(network + "." + name + ".weight");
    float[] to = new float[from.length];
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < b; j++) {
        for (int tap = 0; tap < k * k; tap++) {
          to[(int) ((tap * b + j) * a + i)] = from[(int) ((i * b + j) * k * k + tap)];
        }
      }
    }
    add(into, name + ".weight", to, k, k, b, a);
    add(into, name + ".bias", work.floats(network + "." + name + ".bias"), biases);
  }

  private void add(Map<String, Weight> into, String name, float[] values, long... shape) {
    Variable<TFloat32> value = variable(values, shape);
    Variable<TFloat32> first = variable(new float[values.length], shape);
    into.put(name, new Weight(value, first, variable(new float[values.length], shape)));
  }

  private Variable<TFloat32> variable(float[] values, long... shape) {
    Variable<TFloat32> variable = tf.variable(Shape.of(shape), TFloat32.class);
    Placeholder<TFloat32> given = tf.placeholder(TFloat32.class);
    initial.add(tf.assign(variable, given));
    initialValues.put(given, tensor(values, shape));
    return variable;
  }

  private Placeholder<TFloat32> scalar() {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  private static TFloat32 tensor(float[] values, long... shape) {
    return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values));
  }

  /** (N, C, plane) to (N, plane, C). */
  private static float[] lastChannels(float[] from, int count, int channels, int plane) {
    float[] to = new float[from.length];
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < plane; i++) {
          to[(n * plane + i) * channels + c] = from[(n * channels + c) * plane + i];
        }
      }
    }
    return to;
  }
}
