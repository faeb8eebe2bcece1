package io.idempotency.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;

/** What was found, for people to read. */
final class Report {

    private Report() {}

    static String of(String conditions, Findings findings) throws IOException {
        return template()
                .replace("{conditions}", conditions.strip())
                .replace("{goals}", Goals.table(findings).strip())
                .replace("{scenarios}", scenarios(findings).strip())
                .replace(
                        "{protocols}",
                        findings.protocols().orElse("Not measured.").strip())
                .replace("{start}", findings.startUp().map(Report::section).orElse("Not measured."))
                .replace(
                        "{microbenchmarks}",
                        Microbenchmarks.table(findings.microbenchmarks()).strip());
    }

    private static String template() throws IOException {
        return new ClassPathResource("report.template", Report.class).getContentAsString(StandardCharsets.UTF_8);
    }

    private static String scenarios(Findings findings) {
        return findings.results().stream().map(Report::section).collect(Collectors.joining("\n"));
    }

    static String section(Result result) {
        Scenario scenario = result.scenario();
        return "### " + scenario.title() + "\n\n" + scenario.explanation() + "\n\n" + Table.of(result);
    }

    static String section(StartUp.Times times) {
        return String.format(
                Locale.ROOT,
                """
                | until ready, ms | median | least | most |
                |---|---:|---:|---:|
                %s
                %s
                %s
                %s
                %s

                The very first start, which makes the table, took %,d ms.
                """,
                row("without the library", Spread.of(times.without())),
                row("without the library, opening its pool", Spread.of(times.opening())),
                row("with the library", Spread.of(times.with())),
                row("*added, start by start, where the pool is opened anyway*", times.added()),
                row("*added, the pool included*", times.addedWithPool()),
                times.first());
    }

    private static String row(String label, Spread spread) {
        return String.format(
                Locale.ROOT, "| %s | %,.0f | %,.0f | %,.0f |", label, spread.median(), spread.least(), spread.most());
    }

    static void write(Path file, String report) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, report);
    }
}
