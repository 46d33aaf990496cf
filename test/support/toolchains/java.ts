import type { Act, Sample } from '../../contract/toolchain.ts';

const PLUGINS = `  <build>
    <plugins>
      <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.0</version></plugin>
      <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.10.1</version></plugin>
      <plugin><artifactId>maven-surefire-plugin</artifactId><version>2.22.3</version></plugin>
    </plugins>
  </build>
`;

function pom(dependency: string, more: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.shop</groupId>
  <artifactId>shop</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.source>11</maven.compiler.source>
    <maven.compiler.target>11</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies><dependency>${dependency}<scope>test</scope></dependency></dependencies>
${more}</project>
`;
}

const SOURCE = `package com.shop;

import java.util.List;

/** What someone buys. */
public class Order {
  private final List<Integer> lines;

  public Order(List<Integer> lines) {
    this.lines = lines;
  }

  public static int total(Order order) {
    return order.lines.stream().mapToInt(Integer::intValue).sum();
  }

  public int discounted() {
    return total(this) / 2;
  }
}
`;

const ACTS: Readonly<Record<Act, (port: number) => string>> = {
  hang: () => 'new ProcessBuilder("sleep", "300").start();\n    while (true) {}',
  shout: () => 'for (int i = 0; i < 1000; i += 1) System.out.println("x".repeat(20000));',
  call: (port) => `new java.net.Socket("127.0.0.1", ${port}).close();`,
};

function testClass(name: string, imports: string, body: string): string {
  return `package com.shop;\n\n${imports}import java.util.List;\n\npublic class ${name} {\n${body}}\n`;
}

function sample(
  framework: 'junit4' | 'junit5',
  files: { readonly pom: string; readonly imports: string; readonly skip: string },
): Sample {
  const { imports, skip } = files;
  return {
    name: 'maven',
    framework,
    files: {
      'pom.xml': files.pom,
      'src/main/java/com/shop/Order.java': SOURCE,
      'src/test/java/com/shop/OrderTest.java': testClass(
        'OrderTest',
        imports,
        `  @Test
  public void adds() {
    assertEquals(2, Order.total(new Order(List.of(1, 1))));
  }

  @Test
  public void expectsTooLittle() {
    assertEquals(1, Order.total(new Order(List.of(1, 1))));
  }

  @Test
  public void needsAnOrder() {
    assertEquals(0, Order.total(null));
  }

  @Test
  ${skip}
  public void waits() {}
`,
      ),
    },
    source: 'src/main/java/com/shop/Order.java',
    suite: 'src/test/java/com/shop/OrderTest.java',
    alone: 'OrderTest.adds',
    bug: /NullPointerException/,
    lines: { covered: [9, 10, 11, 14], uncovered: [18] },
    broken: [
      'src/test/java/com/shop/BrokenTest.java',
      testClass('BrokenTest', imports, '  @Test\n  public void loads() {\n    nowhere();\n  }\n'),
    ],
    act: (act, port) => [
      'src/test/java/com/shop/ActTest.java',
      testClass(
        'ActTest',
        imports,
        `  @Test\n  public void acts() throws Exception {\n    ${ACTS[act](port)}\n  }\n`,
      ),
    ],
    timeoutMs: 240_000,
    soonMs: 25_000,
    rerun: 'com.shop.OrderTest',
    packages: null,
  };
}

export const junit5Sample = sample('junit5', {
  pom: pom(
    '<groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.9.2</version>',
    PLUGINS,
  ),
  imports:
    'import static org.junit.jupiter.api.Assertions.assertEquals;\n\nimport org.junit.jupiter.api.Disabled;\nimport org.junit.jupiter.api.Test;\n',
  skip: '@Disabled',
});

export const junit4Sample = sample('junit4', {
  pom: pom('<groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version>', ''),
  imports:
    'import static org.junit.Assert.assertEquals;\n\nimport org.junit.Ignore;\nimport org.junit.Test;\n',
  skip: '@Ignore',
});
