package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The documents keep to the words of the field. Lab diaries stay as they were written; everything
 * else says what the literature says.
 */
class WordsTest {
  /** What must not come back, written so that a search for it does not find it here. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("brain[ ]float", "bfloat16"),
          Map.entry("products? of matrices|of the products", "GEMM, share of GEMM"),
          Map.entry("\\brectif[i]er", "ReLU"),
          Map.entry("graphics[ ]card", "GPU"),
          Map.entry("\\bprocessors?\\b", "CPU"),
          Map.entry("\\brecogniser", "classifier or detector"),
          Map.entry("\\bby[ ]heart\\b", "memorised"),
          Map.entry("\\bhalving[s]\\b", "progressive resolution, resolution level"),
          Map.entry("\\b(judge[sd]?|judging|judgements?)\\b", "evaluate, evaluation"),
          Map.entry("\\bfloors?\\b(?!\\()", "real-vs-real baseline"),
          Map.entry("(?<!-)\\bgrown\\b", "generated, synthetic"),
          Map.entry("\\bstyle network", "mapping network"),
          Map.entry("leak-limited", "non-leaking"),
          Map.entry("\\bweave\\b", "grid artefact"),
          Map.entry("numbers? of the recipe", "hyperparameter"),
          Map.entry("threads of one operation", "intra-op threads"),
          Map.entry("\\boff-line\\b", "offline"),
          Map.entry("moving average of the generator", "EMA"),
          Map.entry("--real(-train|-test)?\\b", "--held-out, --train"),
          Map.entry("--hold-out\\b", "--held-out-share"),
          Map.entry("--max-expansion\\b", "--max-decompression-ratio"),
          Map.entry("GrowDataset|JudgeDataset", "GenerateDataset, EvaluateDataset"),
          // A score is nothing without the features that it was computed in.
          Map.entry("\\bKID [0-9-]", "KID (MobileNetV1) or KID (random features)"));

  @Test
  void wordsThatAreNotTheFieldsDoNotComeBack() {
    List<String> wrong = new ArrayList<>();
    for (MarkdownFile file : MarkdownFile.all()) {
      if (file.isDiary()) {
        continue;
      }
      int number = 0;
      for (String line : file.text().lines().toList()) {
        number++;
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
          var found = Pattern.compile(word.getKey(), Pattern.CASE_INSENSITIVE).matcher(line);
          if (found.find()) {
            wrong.add(
                "%s:%d says \"%s\"; write %s"
                    .formatted(file.name(), number, found.group(), word.getValue()));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noDocumentNamesAPlaceOnSomebodysMachine() {
    for (MarkdownFile file : MarkdownFile.all()) {
      assertThat(file.text()).as(file.name()).doesNotContainPattern("/(?:wor[k]|tm[p]|roo[t])/");
    }
  }

  @Test
  void theReadmeIsShort() {
    List<String> lines = MarkdownFile.read("README.md").text().lines().toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(70);
    assertThat(lines).allMatch(line -> line.length() <= 180, "of at most 180 characters");
  }

  @Test
  void onlyTheMethodAndOtherDiariesNameADiaryInTheReadmesPlace() {
    assertThat(MarkdownFile.read("README.md").text()).doesNotContain("docs/lab");
  }
}
