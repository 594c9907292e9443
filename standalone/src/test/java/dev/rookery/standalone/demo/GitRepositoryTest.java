package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryTest {
    @TempDir
    Path directory;

    @Nested
    class History {
        @Test
        @DisplayName("a commit carries names, dates, subject and the lines of each file")
        void plainCommit() {
            new TemporaryRepository(directory)
                    .write("a.txt", "one\ntwo\n")
                    .commit("first\n\nbody")
                    .write("a.txt", "one\n2\n3\n")
                    .commit("second");

            assertThat(commits())
                    .extracting(Commit::subject, Commit::linesAdded, Commit::linesDeleted)
                    .containsExactly(tuple("second", 2L, 1L), tuple("first", 2L, 0L));
            var second = commits().getFirst();
            assertThat(second.authorName()).isEqualTo("Ada Lovelace");
            assertThat(second.authorEmail()).isEqualTo("ada@example.com");
            assertThat(second.committedAt()).isEqualTo(second.authoredAt()).isAfter("2024-01-01T00:00:00Z");
            assertThat(second.parents()).containsExactly(commits().getLast().hash());
        }

        @Test
        @DisplayName("file names may hold spaces, quotes, tabs, line ends and any letters")
        void oddNames() {
            var names =
                    List.of(" lead.txt", "a b/c d.txt", "q\"uote'.txt", "t\tab.txt", "l\nine.txt", "ünïcödé-日本.txt");
            var repository = new TemporaryRepository(directory);
            names.forEach(name -> repository.write(name, "x\n"));
            repository.commit("odd");

            assertThat(commits().getFirst().changes())
                    .extracting(FileChange::path)
                    .containsExactlyInAnyOrderElementsOf(names);
        }

        @Test
        @DisplayName("a binary file counts as changed, without lines")
        void binary() {
            new TemporaryRepository(directory)
                    .write("b.bin", new byte[] {0, 1, 2})
                    .commit("binary");

            assertThat(commits().getFirst().changes()).containsExactly(new FileChange("b.bin", "", 0, 0, true));
        }

        @Test
        @DisplayName("a rename names both paths, also with tabs in them")
        void rename() {
            new TemporaryRepository(directory)
                    .write("old\tname.txt", "1\n2\n3\n4\n5\n")
                    .commit("add")
                    .git("mv", "old\tname.txt", "new\tname.txt")
                    .commit("rename");

            assertThat(commits().getFirst().changes())
                    .containsExactly(new FileChange("new\tname.txt", "old\tname.txt", 0, 0, false));
        }

        @Test
        @DisplayName("a merge has two parents and no files of its own")
        void merge() {
            new TemporaryRepository(directory)
                    .write("a", "1\n")
                    .commit("base")
                    .git("checkout", "-q", "-b", "side")
                    .write("b", "1\n")
                    .commit("side")
                    .git("checkout", "-q", "main")
                    .write("c", "1\n")
                    .commit("main")
                    .git("merge", "-q", "--no-ff", "-m", "merge", "side");

            var merge = commits().getFirst();
            assertThat(merge.isMerge()).isTrue();
            assertThat(merge.parents()).hasSize(2);
            assertThat(merge.changes()).isEmpty();
            assertThat(commits()).extracting(Commit::isMerge).containsExactly(true, false, false, false);
        }

        @Test
        @DisplayName("messages may be empty or hold control characters; commits may touch nothing")
        void oddMessages() {
            new TemporaryRepository(directory)
                    .write("a", "1\n")
                    .commit("")
                    .commit("1\t2\tnot a file \u001e\u0001")
                    .commit("empty");

            assertThat(commits())
                    .extracting(Commit::subject)
                    .containsExactly("empty", "1\t2\tnot a file \u001e\u0001", "");
            assertThat(commits()).extracting(commit -> commit.changes().size()).containsExactly(0, 0, 1);
        }

        @Test
        @DisplayName("the repository's own settings do not change what is read")
        void hostileSettings() {
            new TemporaryRepository(directory)
                    .git("config", "log.showSignature", "true")
                    .git("config", "color.ui", "always")
                    .git("config", "diff.renames", "false")
                    .git("config", "format.pretty", "oneline")
                    .git("config", "log.diffMerges", "on")
                    .git("config", "diff.noprefix", "true")
                    .git("config", "log.decorate", "full")
                    .write("a", "1\n2\n3\n")
                    .commit("one")
                    .git("mv", "a", "b")
                    .commit("two");

            assertThat(commits()).extracting(Commit::subject).containsExactly("two", "one");
            assertThat(commits().getFirst().changes()).containsExactly(new FileChange("b", "a", 0, 0, false));
        }

        @Test
        @DisplayName("one person under two addresses is one author when the mailmap says so")
        void mailmap() {
            new TemporaryRepository(directory)
                    .write(".mailmap", "Ada Lovelace <ada@example.com> <ada@old.example.com>\n")
                    .commit("mapped", "--author=A. L. <ada@old.example.com>");

            assertThat(commits().getFirst().authorName()).isEqualTo("Ada Lovelace");
            assertThat(commits().getFirst().authorEmail()).isEqualTo("ada@example.com");
        }

        @Test
        @DisplayName("the list of hashes names the same commits in the same order")
        void hashes() {
            new TemporaryRepository(directory).commit("1").commit("2").commit("3");
            var hashes = new ArrayList<String>();
            new GitRepository(directory).forEachHash(hashes::add);

            assertThat(hashes)
                    .hasSize(3)
                    .containsExactlyElementsOf(
                            commits().stream().map(Commit::hash).toList());
        }

        @Test
        @DisplayName("a consumer's exception ends the reading")
        void consumerFails() {
            new TemporaryRepository(directory).commit("1").commit("2");

            assertThatThrownBy(() -> new GitRepository(directory).forEachCommit(commit -> {
                        throw new DemoException("enough");
                    }))
                    .isInstanceOf(DemoException.class)
                    .hasMessage("enough");
        }
    }

    @Nested
    class NoHistory {
        @Test
        @DisplayName("a plain directory is not a repository")
        void plainDirectory() {
            assertThat(new GitRepository(directory).missingHistory())
                    .hasValueSatisfying(why ->
                            assertThat(why).contains("is not a git repository").doesNotContain("\n"));
        }

        @Test
        @DisplayName("a repository without commits says so")
        void noCommits() {
            new TemporaryRepository(directory);

            assertThat(new GitRepository(directory).missingHistory())
                    .hasValueSatisfying(why -> assertThat(why).contains("has no commits yet"));
        }

        @Test
        @DisplayName("a repository with a commit has history")
        void oneCommit() {
            new TemporaryRepository(directory).commit("1");

            assertThat(new GitRepository(directory).missingHistory()).isEmpty();
        }
    }

    private List<Commit> commits() {
        var commits = new ArrayList<Commit>();
        new GitRepository(directory).forEachCommit(commits::add);
        return commits;
    }
}
