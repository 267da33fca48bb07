package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.recipe.Hyperparameter;
import org.inoculum.recipe.Hyperparameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** modern.json and classic.json describe the fields of the recipes, and their ranges hold. */
class HyperparameterTest {
  @ParameterizedTest
  @EnumSource
  void eachFieldOfARecipeIsDescribedInItsOrder(Preset preset) {
    List<Hyperparameter> list = of(preset).list();
    assertThat(list)
        .extracting(Hyperparameter::name)
        .containsExactlyElementsOf(
            Arrays.stream(preset.recipe().getClass().getRecordComponents())
                .map(component -> component.getName())
                .toList());
    assertThat(list).allSatisfy(one -> assertThat(one.meaning()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "latentSize, 0, from 1 to 4096",
    "channels, 3, a multiple of 32 up to 512",
    "learningRate, 0, above 0",
    "learningRateEnd, 1.5, above 0 and up to 1",
    "beta1, 1, at least 0 and below 1",
    "gammaEnd, -0.1, at least 0",
    "adaMaxP, 0.9, from 0 to 0.8",
    "sampleCount, 2000, from 1 to 1024"
  })
  void aValueOutOfRangeIsRefused(String name, double value, String range) {
    Map<String, Object> recipe = Json.tree(ModernRecipe.DEFAULT);
    recipe.put(name, value == Math.rint(value) ? (Object) (long) value : (Object) value);
    assertThatThrownBy(() -> Json.ofTree(recipe, ModernRecipe.class, "test"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(name + " must be " + range + ", was ");
  }

  private static Hyperparameters of(Preset preset) {
    return preset == Preset.CLASSIC ? ClassicRecipe.HYPERPARAMETERS : ModernRecipe.HYPERPARAMETERS;
  }
}
