package io.solera.reward.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestCommandWords {
    @Test
    void spacesSeparateAndQuotesKeep() {
        assertThat(CommandWords.of("  python3  my_reward.py --scale 2 "))
                .containsExactly("python3", "my_reward.py", "--scale", "2");
        assertThat(CommandWords.of("a 'b c' \"d e\" f' g'h \"\" i\\ j"))
                .containsExactly("a", "b c", "d e", "f gh", "", "i j");
        assertThat(CommandWords.of("a 'b\\c' \"d\\\"e'\"")).containsExactly("a", "b\\c", "d\"e'");
    }

    @Test
    void noShellReadsIt() {
        assertThat(CommandWords.of("a $HOME *.py ~ | b; c > d &"))
                .containsExactly("a", "$HOME", "*.py", "~", "|", "b;", "c", ">", "d", "&");
    }

    @Test
    void refusesWhatNamesNoProgram() {
        assertThatThrownBy(() -> CommandWords.of(" "))
                .hasMessage("Invalid command: ' ' (must name a program, such as python3 my_reward.py)");
        assertThatThrownBy(() -> CommandWords.of("a 'b"))
                .hasMessage("Invalid command: a 'b (a quote is not closed: ')");
    }
}
