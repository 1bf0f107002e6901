package dev.weir.gateway.coalesce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** One shared fetch, step by step in one thread. */
class FlightTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final RuntimeException broken = new IllegalStateException("broke off");

    /** An event loop that has been shut down. */
    private static final Executor CLOSED = task -> {
        throw new RejectedExecutionException("closed");
    };

    private final AtomicInteger aboard = new AtomicInteger();
    private final Flight<String> flight = new Flight<>(7, aboard);

    private Member<String> join() {
        return join(Runnable::run);
    }

    private Member<String> join(Executor loop) {
        return Objects.requireNonNull(flight.join(loop));
    }

    private void append(String text) {
        flight.append(text.getBytes(ISO_8859_1));
    }

    @Nested
    class Head {

        @Test
        void allGetItOnceWheneverTheyJoin() {
            List<String> heads = new ArrayList<>();
            join().head().subscribe(heads::add);
            join().head().subscribe(heads::add);
            assertThat(heads).isEmpty();

            flight.head("head");
            flight.head("another");
            join().head().subscribe(heads::add);

            assertThat(heads).containsExactly("head", "head", "head");
        }

        @Test
        void aFailureBeforeItReachesAll() {
            List<Throwable> failures = new ArrayList<>();
            Member<String> early = join();
            early.head().subscribe(head -> {}, failures::add);
            Member<String> late = join();

            flight.fail(broken);
            late.head().subscribe(head -> {}, failures::add);
            Reader body = Reader.of(early, 1);

            assertThat(failures).containsExactly(broken, broken);
            assertThat(body.failure).isSameAs(broken);
            assertThat(flight.isLanded()).isTrue();
        }

        @Test
        void oneWhoGaveUpHearsNothing() {
            List<String> heads = new ArrayList<>();
            Disposable waiting = join().head().subscribe(heads::add);
            join().head().subscribe(heads::add);

            waiting.dispose();
            flight.head("head");

            assertThat(heads).containsExactly("head");
        }

        @Test
        void aConnectionWhoseLoopIsClosedIsPutOffAndKeepsNobodyElseWaiting() {
            List<String> heads = new ArrayList<>();
            join().head().subscribe(heads::add);
            join(CLOSED).head().subscribe(heads::add);
            join().head().subscribe(heads::add);

            flight.head("head");

            assertThat(heads).containsExactly("head", "head");
            assertThat(flight.memberCount()).isEqualTo(2);
        }
    }

    @Nested
    class Waiting {

        private final Duration brief = Duration.ofMillis(20);

        @Test
        void oneThatLastsTooLongFailsAndTheOthersGoOn() {
            List<String> heads = new ArrayList<>();
            join().head().subscribe(heads::add);
            join().head(PATIENCE).subscribe(heads::add);

            StepVerifier.create(join().head(brief))
                    .expectError(TimeoutException.class)
                    .verify(PATIENCE);
            flight.head("head");

            assertThat(heads).containsExactly("head", "head");
        }

        @Test
        void allOfThemAreLimitedAlsoTheOnesThatBeginAfterOthersHaveFailed() {
            for (int time = 0; time < 2; time++) {
                StepVerifier.create(Mono.whenDelayError(join().head(brief), join().head(brief), join().head(brief)))
                        .expectErrorSatisfies(failure -> assertThat(Exceptions.unwrapMultiple(failure))
                                .hasSize(3)
                                .hasOnlyElementsOfType(TimeoutException.class))
                        .verify(PATIENCE);
            }
        }

        @Test
        void oneThatBeginsAfterTheHeadIsNotLimited() {
            flight.head("head");

            StepVerifier.create(join().head(Duration.ZERO)).expectNext("head").verifyComplete();
        }

        @Test
        void aConnectionWhoseLoopIsClosedLeaves() {
            Member<String> closed = join(CLOSED);

            StepVerifier.create(Mono.firstWithSignal(closed.head(brief), join().head(brief.plusMillis(1))))
                    .expectError(TimeoutException.class)
                    .verify(PATIENCE);

            assertThat(flight.memberCount()).isEqualTo(1);
        }
    }

    @Nested
    class Beginning {

        private final byte[] whole = "one two".getBytes(ISO_8859_1);

        @Test
        void theFirstChunkIsOne() {
            Member<String> member = join();
            StepVerifier.create(member.begun())
                    .expectSubscription()
                    .then(() -> assertThat(member.hasBegun()).isFalse())
                    .then(() -> append("one "))
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(member.whole()).isNull();
            assertThat(Reader.of(member, 1).text()).isEqualTo("one ");
        }

        @Test
        void allWhoHaveReadNothingCanHaveTheWholeInOnePiece() {
            Member<String> waiting = join();
            Member<String> late = join();
            Reader reading = Reader.of(join(), Long.MAX_VALUE);
            append("one ");

            StepVerifier.create(waiting.begun()).verifyComplete();
            flight.end("two".getBytes(ISO_8859_1), whole);

            StepVerifier.create(late.begun()).verifyComplete();
            assertThat(waiting.whole()).isSameAs(whole);
            assertThat(late.whole()).isSameAs(whole);
            assertThat(reading.text()).isEqualTo("one two");
            assertThat(reading.ended).isTrue();
            assertThat(Reader.of(late, Long.MAX_VALUE).text()).isEqualTo("one two");
        }

        @Test
        void anEndFindsTheWholeInPlace() {
            List<byte[]> found = new ArrayList<>();
            Member<String> member = join();
            member.begun().subscribe(nothing -> {}, failure -> {}, () -> found.add(member.whole()));

            flight.end(whole, whole);

            assertThat(found).containsExactly(whole);
        }

        @Test
        void aFailureIsOneAndLeavesNoWhole() {
            Member<String> member = join();
            flight.fail(broken);

            StepVerifier.create(member.begun()).verifyComplete();

            assertThat(member.whole()).isNull();
            assertThat(Reader.of(member, 0).failure).isSameAs(broken);
        }

        @Test
        void oneWhoGaveUpHearsNothing() {
            List<String> heard = new ArrayList<>();
            join().begun()
                    .doOnSuccess(nothing -> heard.add("given up"))
                    .subscribe()
                    .dispose();
            join().begun().doOnSuccess(nothing -> heard.add("begun")).subscribe();

            append("one");

            assertThat(heard).containsExactly("begun");
        }

        @Test
        void aConnectionWhoseLoopIsClosedLeaves() {
            join(CLOSED).begun().subscribe();
            join().begun().subscribe();

            append("one");

            assertThat(flight.memberCount()).isEqualTo(1);
        }
    }

    @Nested
    class Body {

        @Test
        void aLateJoinerGetsAllFromTheStart() {
            Reader early = Reader.of(join(), Long.MAX_VALUE);
            append("one ");
            append("two ");
            Reader late = Reader.of(join(), Long.MAX_VALUE);
            append("three");
            flight.end();

            assertThat(early.text()).isEqualTo("one two three");
            assertThat(late.text()).isEqualTo("one two three");
            assertThat(early.ended && late.ended).isTrue();
        }

        @Test
        void aSlowReaderHoldsNobodyUpAndMissesNothing() {
            Reader slow = Reader.of(join(), 0);
            Reader fast = Reader.of(join(), Long.MAX_VALUE);
            append("one ");
            append("two ");
            flight.end();

            assertThat(fast.text()).isEqualTo("one two ");
            assertThat(fast.ended).isTrue();
            assertThat(slow.text()).isEmpty();
            slow.ask(1);
            assertThat(slow.text()).isEqualTo("one ");
            assertThat(slow.ended).isFalse();
            slow.ask(1);
            assertThat(slow.text()).isEqualTo("one two ");
            assertThat(slow.ended).isTrue();
        }

        @Test
        void demandIsKeptToAndTheEndNeedsNone() {
            StepVerifier.create(join().body().map(chunk -> new String(chunk, ISO_8859_1)), 0)
                    .expectSubscription()
                    .then(() -> append("one"))
                    .expectNoEvent(Duration.ofMillis(1))
                    .thenRequest(1)
                    .expectNext("one")
                    .thenRequest(1)
                    .then(() -> append("two"))
                    .expectNext("two")
                    .then(flight::end)
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(flight.memberCount()).isZero();
        }

        @Test
        void anEmptyBodyEndsAtOnce() {
            Reader reader = Reader.of(join(), 0);

            append("");
            flight.end();

            assertThat(reader.ended).isTrue();
            assertThat(reader.text()).isEmpty();
        }

        @Test
        void aFailureMidwayReachesAllAfterWhatCame() {
            Reader fast = Reader.of(join(), Long.MAX_VALUE);
            Reader slow = Reader.of(join(), 0);
            append("one");

            flight.fail(broken);
            slow.ask(1);

            for (Reader reader : List.of(fast, slow)) {
                assertThat(reader.text()).isEqualTo("one");
                assertThat(reader.failure).isSameAs(broken);
                assertThat(reader.ended).isFalse();
            }
        }

        @Test
        void theFirstEndCounts() {
            flight.end();
            flight.fail(broken);

            assertThat(flight.ended()).isEqualTo(new Flight.End(null, null));
        }

        @Test
        void oneWhoCancelsMidwayGetsNothingMoreAndTheOthersAll() {
            Member<String> member = join();
            Reader leaving = Reader.of(member, Long.MAX_VALUE);
            Reader staying = Reader.of(join(), Long.MAX_VALUE);
            append("one ");

            leaving.cancel();
            append("two");
            flight.end();

            assertThat(leaving.text()).isEqualTo("one ");
            assertThat(leaving.isOver()).isFalse();
            assertThat(staying.text()).isEqualTo("one two");
            assertThat(flight.memberCount()).isZero();
        }

        @Test
        void oneWhoCancelsFromWithinAChunkGetsNoMore() {
            append("one");
            append("two");
            StepVerifier.create(join().body()
                            .map(chunk -> new String(chunk, ISO_8859_1))
                            .take(1))
                    .expectNext("one")
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(flight.memberCount()).isZero();
        }

        @Test
        void askingFromWithinAChunkIsFine() {
            List<String> got = new ArrayList<>();
            append("one");
            append("two");
            flight.end();
            Member<String> none = flight.join(Runnable::run);
            assertThat(none).isNull();

            Flight<String> other = new Flight<>(0, aboard);
            Member<String> member = Objects.requireNonNull(other.join(Runnable::run));
            member.body().limitRate(1).subscribe(chunk -> got.add(new String(chunk, ISO_8859_1)));
            other.append(new byte[] {'a'});
            other.append(new byte[] {'b'});
            other.end();

            assertThat(got).containsExactly("a", "b");
        }

        @Test
        void aConnectionWhoseLoopIsClosedIsPutOff() {
            Reader closed = Reader.of(join(CLOSED), Long.MAX_VALUE);
            Reader open = Reader.of(join(), Long.MAX_VALUE);

            append("one");
            flight.end();

            assertThat(open.text()).isEqualTo("one");
            assertThat(closed.isOver()).isFalse();
            assertThat(aboard).hasValue(0);
        }

        @Test
        void itIsReadOnce() {
            Member<String> member = join();
            Reader first = Reader.of(member, Long.MAX_VALUE);

            Reader second = Reader.of(member, Long.MAX_VALUE);
            append("one");

            assertThat(first.text()).isEqualTo("one");
            assertThat(second.failure).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Joining {

        @Test
        void nobodyJoinsWhatIsClosedAndThoseAboardStay() {
            Reader reader = Reader.of(join(), Long.MAX_VALUE);
            append("one ");

            flight.close();
            assertThat(flight.join(Runnable::run)).isNull();
            append("two");
            flight.end();

            assertThat(flight.join(Runnable::run)).isNull();
            assertThat(reader.text()).isEqualTo("one two");
        }

        @Test
        void leavingCountsOnce() {
            Member<String> one = join();
            Member<String> two = join();
            assertThat(flight.memberCount()).isEqualTo(2);

            one.leave();
            one.leave();
            Reader.of(one, 1).cancel();
            assertThat(flight.memberCount()).isEqualTo(1);
            assertThat(flight.isAbandoned()).isFalse();

            two.leave();
            assertThat(flight.isAbandoned()).isTrue();
            assertThat(aboard).hasValue(0);
        }

        @Test
        void theLastToLeaveIsNoticedEachTime() {
            AtomicInteger abandoned = new AtomicInteger();
            Member<String> one = join();
            flight.onAbandoned(abandoned::incrementAndGet);
            Member<String> two = join();

            one.leave();
            assertThat(abandoned).hasValue(0);
            two.leave();
            assertThat(abandoned).hasValue(1);
            join().leave();
            assertThat(abandoned).hasValue(2);
        }

        @Test
        void oneThatWasAbandonedBeforeIsNoticedToo() {
            AtomicInteger abandoned = new AtomicInteger();
            join().leave();

            flight.onAbandoned(abandoned::incrementAndGet);

            assertThat(abandoned).hasValue(1);
        }
    }

    @Nested
    class Window {

        private final AtomicInteger room = new AtomicInteger();

        @Test
        void untilItSlidesThereIsAlwaysRoom() {
            join();
            append("much more than any window");
            assertThat(flight.hasRoom()).isTrue();
        }

        @Test
        void theSlowestHoldsTheProducerUntilItMovesOn() {
            Reader slow = Reader.of(join(), 0);
            Reader fast = Reader.of(join(), Long.MAX_VALUE);
            flight.closeAndSlide(4, room::incrementAndGet);
            append("abc");
            assertThat(flight.hasRoom()).isTrue();
            append("d");
            assertThat(flight.hasRoom()).isFalse();
            assertThat(fast.text()).isEqualTo("abcd");
            int signals = room.get();

            slow.ask(1);

            assertThat(room.get()).isGreaterThan(signals);
            assertThat(flight.hasRoom()).isTrue();
        }

        @Test
        void theSlowestHoldsTheProducerUntilItLeaves() {
            Member<String> slow = join();
            Reader.of(join(), Long.MAX_VALUE);
            flight.closeAndSlide(4, room::incrementAndGet);
            append("abcdef");
            assertThat(flight.hasRoom()).isFalse();
            int signals = room.get();

            slow.leave();

            assertThat(room.get()).isGreaterThan(signals);
            assertThat(flight.hasRoom()).isTrue();
        }

        @Test
        void whoHoldsNobodyUpMakesNoRoomByMovingOnOrLeaving() {
            Reader.of(join(), 0);
            Member<String> member = join();
            Reader near = Reader.of(member, 0);
            flight.closeAndSlide(4, room::incrementAndGet);
            append("ab");
            append("c");
            append("d");
            near.ask(1);
            int signals = room.get();

            near.ask(1);
            member.leave();

            assertThat(room).hasValue(signals);
            assertThat(flight.hasRoom()).isFalse();
        }

        @Test
        void whoHoldsTheOthersUpAndDoesNotMoveIsCutVisibly() {
            Reader still = Reader.of(join(), 0);
            Reader slow = Reader.of(join(), 0);
            Member<String> waiting = join();
            Reader fast = Reader.of(join(), Long.MAX_VALUE);
            flight.closeAndSlide(4, room::incrementAndGet);
            append("abcd");
            append("e");

            Runnable cut = flight.cutIfUnmoved(broken);
            slow.ask(1);
            cut.run();

            assertThat(still.failure).isSameAs(broken);
            assertThat(Reader.of(waiting, 1).failure).isSameAs(broken);
            assertThat(slow.isOver() || fast.isOver()).isFalse();
            assertThat(flight.memberCount()).isEqualTo(2);
            assertThat(flight.hasRoom()).isTrue();
        }

        @Test
        void whoHoldsNobodyUpIsNotCut() {
            Reader idle = Reader.of(join(), Long.MAX_VALUE);
            flight.closeAndSlide(4, room::incrementAndGet);
            append("ab");

            flight.cutIfUnmoved(broken).run();

            assertThat(idle.isOver()).isFalse();
        }

        @Test
        void nobodyJoinsAnyMore() {
            flight.closeAndSlide(4, room::incrementAndGet);
            assertThat(flight.join(Runnable::run)).isNull();
            assertThat(aboard).hasValue(0);
        }
    }

    @Nested
    class Deserted {

        @Test
        void nobodyBoardsOnceItIsKnownThatNobodyIsAboard() {
            assertThat(flight.closeIfDeserted()).isTrue();
            assertThat(flight.join(Runnable::run)).isNull();
        }

        @Test
        void whoBoardedAtTheLastMomentKeepsItGoing() {
            Member<String> late = join();
            List<String> heads = new ArrayList<>();
            late.head().subscribe(heads::add);

            assertThat(flight.closeIfDeserted()).isFalse();
            flight.head("head");

            assertThat(heads).containsExactly("head");
            assertThat(flight.join(Runnable::run)).isNull();
        }
    }
}
