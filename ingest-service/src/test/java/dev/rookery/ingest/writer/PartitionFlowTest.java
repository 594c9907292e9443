package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A partition's flow")
class PartitionFlowTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 0);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final long LARGE = 1_000;

    private final List<Cycle> sent = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> outcomes = new ArrayList<>();

    private PartitionFlow flow(FlushJournal journal, Duration interval) {
        return new PartitionFlow(PARTITION, journal, this::send, interval, LARGE);
    }

    private Future<Boolean> send(TopicPartition partition, Cycle cycle, StopSignal stop) {
        sent.add(cycle);
        var outcome = new CompletableFuture<Boolean>();
        outcomes.add(outcome);
        return outcome;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(long from, long to, int bytes) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<byte[], byte[]>("events", 0, offset, null, new byte[bytes]))
                .toList();
    }

    @Nested
    @DisplayName("with a clean journal")
    class Clean {
        private final PartitionFlow flow = flow(FlushJournal.at(10), NEVER);

        @Test
        @DisplayName("I3: sends nothing before its intent is committed")
        void intentFirst() {
            assertThat(flow.proposal()).isEmpty();
            flow.add(records(10, 13, 1));

            assertThat(flow.proposal()).hasValue(FlushJournal.intent(10, 13));
            assertThat(sent).isEmpty();
            assertThat(flow.committed()).isEmpty();
            assertThat(sent).singleElement().satisfies(cycle -> {
                assertThat(cycle.from()).isEqualTo(10);
                assertThat(cycle.to()).isEqualTo(13);
                assertThat(cycle.records()).hasSize(3);
            });
        }

        @Test
        @DisplayName("proposes the same intent until it is committed, whatever arrives meanwhile")
        void sameIntent() {
            flow.add(records(10, 13, 1));
            assertThat(flow.proposal()).hasValue(FlushJournal.intent(10, 13));
            flow.add(records(13, 99, 100));

            assertThat(flow.proposal()).hasValue(FlushJournal.intent(10, 13));
        }

        @Test
        @DisplayName("A6: commits the end when all is stored, and tells it only then")
        void stored() {
            flow.add(records(10, 13, 1));
            flow.proposal();
            flow.committed();
            assertThat(flow.proposal()).isEmpty();
            outcomes.getFirst().complete(true);

            assertThat(flow.proposal()).hasValue(FlushJournal.at(13));
            assertThat(flow.proposal()).as("until it is committed").hasValue(FlushJournal.at(13));
            assertThat(flow.committed()).isEqualTo(OptionalLong.of(13));
            assertThat(flow.isBusy()).isFalse();
        }

        @Test
        @DisplayName("A6: commits the end and the next intent in one, where enough has arrived")
        void nextIntent() {
            flow.add(records(10, 13, 1));
            flow.proposal();
            flow.committed();
            flow.add(records(13, 20, (int) LARGE));
            outcomes.getFirst().complete(true);

            assertThat(flow.proposal()).hasValue(FlushJournal.intent(13, 20));
            assertThat(sent).hasSize(1);
            assertThat(flow.committed()).isEqualTo(OptionalLong.of(13));
            assertThat(sent).hasSize(2);
            assertThat(sent.getLast().to()).isEqualTo(20);
        }

        @Test
        @DisplayName("waits for the interval between two cycles")
        void interval() {
            flow.add(records(10, 13, 1));
            flow.proposal();
            flow.committed();
            outcomes.getFirst().complete(true);
            flow.proposal();
            flow.committed();

            flow.add(records(13, 14, 1));
            assertThat(flow.proposal()).isEmpty();
            flow.add(records(14, 15, (int) LARGE));
            assertThat(flow.proposal()).hasValue(FlushJournal.intent(13, 15));
        }

        @Test
        @DisplayName("never says that something is stored which was stopped or failed")
        void notStored() throws Exception {
            flow.add(records(10, 13, 1));
            flow.proposal();
            flow.committed();
            outcomes.getFirst().complete(false);

            assertThat(flow.proposal()).isEmpty();
            assertThat(flow.finish(Duration.ZERO)).isEmpty();
        }

        @Test
        @DisplayName("given away: commits what was finished in time, forgets what was not")
        void finish() throws Exception {
            assertThat(flow.finish(Duration.ZERO)).isEmpty();
            flow.add(records(10, 13, 1));
            flow.proposal();
            assertThat(flow.finish(Duration.ZERO)).as("only planned").isEmpty();
            flow.committed();
            assertThat(flow.finish(Duration.ofMillis(1))).as("under way").isEmpty();
            outcomes.getFirst().complete(true);

            assertThat(flow.finish(Duration.ZERO)).hasValue(FlushJournal.at(13));
        }

        @Test
        @DisplayName("stops fetching when enough waits")
        void full() {
            flow.add(records(10, 11, (int) LARGE - 1));
            assertThat(flow.isFull()).isFalse();
            flow.add(records(11, 12, 1));
            assertThat(flow.isFull()).isTrue();
        }
    }

    @Nested
    @DisplayName("with an intent in its journal")
    class Repeating {
        private final PartitionFlow flow = flow(FlushJournal.intent(10, 15), Duration.ZERO);

        @Test
        @DisplayName("A1: repeats exactly that range first, however the records arrive")
        void exactly() {
            flow.add(records(10, 12, (int) LARGE));
            assertThat(flow.proposal()).isEmpty();
            assertThat(flow.isFull()).as("in the middle of the range").isFalse();
            assertThat(sent).isEmpty();
            flow.add(records(12, 40, 1));

            assertThat(flow.proposal()).as("the intent is there already").isEmpty();
            assertThat(sent).singleElement().satisfies(cycle -> {
                assertThat(cycle.from()).isEqualTo(10);
                assertThat(cycle.to()).isEqualTo(15);
                assertThat(cycle.records()).hasSize(5);
            });
            outcomes.getFirst().complete(true);
            assertThat(flow.proposal()).hasValue(FlushJournal.intent(15, 40));
            assertThat(flow.committed()).isEqualTo(OptionalLong.of(15));
        }
    }
}
