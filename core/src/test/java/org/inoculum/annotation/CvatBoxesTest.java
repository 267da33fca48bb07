package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XML files as CVAT writes them. */
class CvatBoxesTest {
  @TempDir Path folder;

  /** As CVAT exports "CVAT for images 1.1". */
  @Test
  void asCvatExportsIt() throws IOException {
    Path file =
        write(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <annotations>
              <version>1.1</version>
              <meta><task><id>1</id><name>smear</name><labels><label><name>rod</name><color>#ff0000</color></label></labels></task></meta>
              <image id="0" name="plate 1/a.png" width="640" height="480">
                <box label="rod" source="manual" occluded="0" xtl="10.50" ytl="20.00" xbr="30.50" ybr="60.00" z_order="0">
                  <attribute name="sure">yes</attribute>
                </box>
                <polygon label="coccus" source="manual" occluded="0" points="1.00,2.00;4.50,2.00;4.50,9.25" z_order="0">
                </polygon>
                <mask label="rod" source="manual" occluded="0" rle="0, 4, 2, 3" left="100" top="50" width="3" height="4" z_order="0">
                </mask>
                <points label="tip" source="manual" occluded="0" points="1.00,2.00" z_order="0">
                </points>
                <tag label="bad" source="manual">
                </tag>
              </image>
              <image id="1" name="b.png" width="10" height="10">
              </image>
            </annotations>
            """);
    Annotations read = read(file);
    assertThat(read.format()).isEqualTo(BoxFormat.CVAT);
    String image = "plate 1/a.png";
    assertThat(read.boxes())
        .containsExactly(
            new Box(image, "rod", 10.5, 20, 20, 40, false, null, "box in line 6"),
            new Box(image, "coccus", 1, 2, 3.5, 7.25, false, null, "polygon in line 9"),
            new Box(image, "rod", 100, 50, 3, 4, false, null, "mask in line 11"));
    assertThat(read.sizes())
        .isEqualTo(
            Map.of(image, new Annotations.Size(640, 480), "b.png", new Annotations.Size(10, 10)));
    assertThat(read.notes())
        .containsExactly(
            "of outlines the bounding boxes are taken: 1",
            "points, lines, cuboids and skeletons left out: 1");
  }

  @Test
  void turnedShapes() throws IOException {
    Annotations read =
        read(
            write(
                image(
                    "<box label='a' xtl='10' ytl='20' xbr='30' ybr='24' rotation='90'/>"
                        + "<ellipse label='a' cx='20' cy='22' rx='10' ry='2' rotation='90'/>"
                        + "<ellipse label='a' cx='20' cy='22' rx='10' ry='2'/>")));
    for (int i = 0; i < 2; i++) {
      Box box = read.boxes().get(i);
      assertThat(box.left()).isCloseTo(18, within(1e-9));
      assertThat(box.top()).isCloseTo(12, within(1e-9));
      assertThat(box.width()).isCloseTo(4, within(1e-9));
      assertThat(box.height()).isCloseTo(20, within(1e-9));
    }
    assertThat(read.boxes().get(2).width()).isEqualTo(20);
    assertThat(read.notes())
        .containsExactly("of turned shapes the upright bounding boxes are taken: 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<box xtl='1' ytl='1' xbr='2' ybr='2'/> | without a label",
        "<box label='a' xtl='1' ytl='1' xbr='2'/> | no box of finite numbers",
        "<box label='a' xtl='1' ytl='1' xbr='NaN' ybr='2'/> | no box of finite numbers",
        "<box label='a' xtl='1' ytl='1' xbr='1e300' ybr='2' rotation='9'/> | no box of finite numbers",
        "<box label='a' xtl='1' ytl='1' xbr='2' ybr='2' rotation='x'/> | no box of finite numbers",
        "<box label='a' xtl='3' ytl='1' xbr='2' ybr='2' rotation='9'/> | turned inside out",
        "<polygon label='a'/> | no numbers x,y;x,y",
        "<polygon label='a' points='1,2;3'/> | no numbers x,y;x,y",
        "<polygon label='a' points='1;2,3'/> | no numbers x,y;x,y",
        "<polygon label='a' points='1,2,3'/> | no numbers x,y;x,y",
        "<polygon label='a' points='1,2'/> | is empty",
        "<mask label='a' left='1' top='1' width='0' height='2'/> | is empty"
      })
  void shapesOfNonsense(String shape, String reason) throws IOException {
    assertThat(read(write(image(shape))).bad())
        .singleElement()
        .asString()
        .contains("in line 1: ", reason);
  }

  @Test
  void filesOfNonsense() throws IOException {
    refused("<annotations><track id='0'/></annotations>", "line 1", "CVAT for images 1.1");
    refused("<annotations><image/></annotations>", "expected an image's name");
    refused(image("</image><image name='a.png'>"), "'a.png' is there twice");
    refused(image("<box>"), "not XML of CVAT");
    refused("<!DOCTYPE annotations [<!ENTITY x 'y'>]><annotations>&x;</annotations>", "DOCTYPE");
    refused("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x'><annotations/>", "DOCTYPE");
    refused("<annotations>" + "<a>".repeat(100_000), "more than 32 deep");
    refused(image("<polygon points='" + "1,2;".repeat(300_000) + "'/>"), "more than 1048576 bytes");
  }

  private static String image(String shapes) {
    return "<annotations><image id='0' name='a.png'>" + shapes + "</image></annotations>";
  }

  private void refused(String xml, String... words) throws IOException {
    Path file = write(xml);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .message()
        .contains("annotations.xml")
        .contains(words)
        .doesNotContain("\\n");
  }

  private static Annotations read(Path source) {
    return Annotations.read(source, null, null, BoxLimits.DEFAULT);
  }

  private Path write(String content) throws IOException {
    return Files.write(folder.resolve("annotations.xml"), content.getBytes(StandardCharsets.UTF_8));
  }
}
