package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The journal in a partition's committed offset")
class FlushJournalTest {
    @Test
    @DisplayName("A2: names the end of the cycle under way")
    void intent() {
        FlushJournal journal = FlushJournal.intent(5, 9);

        assertThat(journal.toCommit()).isEqualTo(new OffsetAndMetadata(5, "v1;to=9"));
        assertThat(FlushJournal.read(journal.toCommit())).hasValue(journal);
    }

    @Test
    @DisplayName("A6: names none when there is none")
    void at() {
        FlushJournal journal = FlushJournal.at(9);

        assertThat(journal.toCommit()).isEqualTo(new OffsetAndMetadata(9, "v1"));
        assertThat(FlushJournal.read(journal.toCommit())).hasValue(journal);
        assertThat(FlushJournal.read(new OffsetAndMetadata(9))).hasValue(journal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2;to=9", "v1;to=", "v1;to=9;more", "v1;to=-1", "something"})
    @DisplayName("is not guessed at where another version wrote it")
    void unknown(String metadata) {
        assertThat(FlushJournal.read(new OffsetAndMetadata(5, metadata))).isEmpty();
    }
}
