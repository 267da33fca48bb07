package org.inoculum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textsStayTexts() {
    assertThat(Html.of("td", "<script>alert('a & \"b\"')</script>"))
        .hasToString(
            "<td>&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;</td>");
    assertThat(Html.image(new byte[] {1, 2, 3}, "\" onload=\"x", "sheet"))
        .hasToString(
            "<img class=\"sheet\" alt=\"&quot; onload=&quot;x\" src=\"data:image/png;base64,AQID\">");
  }

  @Test
  void whatDoesNotShowIsMadeToShow() {
    // Right-to-left override, a null, and half of a surrogate pair; letters of any script stay.
    assertThat(Html.text("a\u202Eb\u0000c\uD800d\u00E4\u7D30\uD83E\uDDA0\n"))
        .hasToString("a\uFFFDb\uFFFDc\uFFFDd\u00E4\u7D30\uD83E\uDDA0\n");
  }

  @Test
  void tagsAndStylesAreThoseOfTheProgram() {
    assertThatIllegalArgumentException().isThrownBy(() -> Html.of("p onclick=x", "text"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Html.styled("p", "a\" onclick=\"x", Html.NOTHING));
  }
}
