package org.inoculum.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Tensors;
import org.junit.jupiter.api.Test;

class DihedralSymmetryTest {
  private static final int ALL = 8;

  @Test
  void eachImageOfABatchHasItsOwnPosition() {
    try (PointerScope scope = new PointerScope()) {
      Tensor one = decode();
      Tensor placed = new DihedralSymmetry(signsOfAll()).apply(one.expand(ALL, 1, 3, 3));
      Set<String> different = new HashSet<>();
      for (int position = 0; position < ALL; position++) {
        Tensor expected = (position & 1) == 0 ? one : one.flip(3);
        expected = (position & 2) == 0 ? expected : expected.flip(2);
        expected = (position & 4) == 0 ? expected : expected.transpose(2, 3);
        float[] found = Tensors.toFloats(placed.narrow(0, position, 1));
        assertThat(found).as("position " + position).containsExactly(Tensors.toFloats(expected));
        different.add(Arrays.toString(found));
      }
      assertThat(different).hasSize(ALL);
    }
  }

  @Test
  void undoingGivesTheImagesBack() {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = torch.rand(ALL, 3, 5, 5);
      DihedralSymmetry positions = new DihedralSymmetry(signsOfAll());
      assertThat(Tensors.toFloats(positions.undo(positions.apply(images))))
          .containsExactly(Tensors.toFloats(images));
    }
  }

  private static Tensor decode() {
    return Tensor.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
  }

  private static float[] signsOfAll() {
    float[] signs = new float[3 * ALL];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = (((i / 3) >> (i % 3)) & 1) == 1 ? 0.5f : -0.5f;
    }
    return signs;
  }
}
