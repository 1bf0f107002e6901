package dev.weir.blog.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.blog.content.Post;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {
    @ParameterizedTest
    @CsvSource({"0,3,1,0", "1,3,1,1", "3,3,1,3", "4,3,2,1", "6,3,2,3", "7,3,3,1", "5,1,5,1"})
    void cutsWithoutLossOrEmptyTail(int posts, int size, int slices, int inLast) {
        List<Post> all = IntStream.rangeClosed(1, posts)
                .mapToObj(day -> Posts.post("p" + day, day))
                .toList();
        List<Slice> cut = Slice.of(all, size);
        assertThat(cut).hasSize(slices).allMatch(slice -> slice.count() == slices);
        assertThat(cut.get(slices - 1).posts()).hasSize(inLast);
        assertThat(cut.stream().flatMap(slice -> slice.posts().stream())).isEqualTo(all);
    }

    @Test
    void numbersFromOne() {
        assertThat(Slice.of(List.of(), 3).get(0).number()).isEqualTo(1);
    }
}
