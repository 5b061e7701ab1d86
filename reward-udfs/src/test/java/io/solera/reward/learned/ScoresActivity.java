package io.solera.reward.learned;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.reward.Reward;
import io.solera.reward.Status;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Scores {@code activity} as an executor does, and says whether ND4J could have been loaded. */
final class ScoresActivity {
    private static final Resources NOTHING = new Resources() {
        @Override
        public Policy policy(String name) throws IOException {
            throw new IOException("no policy");
        }

        @Override
        public Folder folder(String path) throws IOException {
            throw new IOException("no folder");
        }

        @Override
        public InputStream open(String path) throws IOException {
            throw new IOException("no file");
        }
    };

    private ScoresActivity() {}

    public static void main(String[] arguments) throws IOException {
        Reward reward = RewardCatalogue.create(RewardCall.parse("activity(model=gsk3)"), NOTHING);
        long scored = reward.score(List.of("CCO", "c1ccccc1O", "C1CC")).stream()
                .filter(score -> score.status() == Status.OK)
                .count();
        String nd4j;
        try {
            Class.forName("org.nd4j.linalg.factory.Nd4j", false, ScoresActivity.class.getClassLoader());
            nd4j = "with ND4J";
        } catch (ClassNotFoundException e) {
            nd4j = "no ND4J";
        }
        System.out.printf("scored %d of 3, %s%n", scored, nd4j);
    }
}
