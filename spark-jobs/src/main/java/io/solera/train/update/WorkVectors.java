package io.solera.train.update;

import io.solera.cluster.Described;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.SumTree;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.Sections;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.ParameterBlocks;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Block by block in the work folder. What tasks have summed of a block meets in one task, where the sums of all losses
 * are added up and multiplied with each other; the driver gets the products. Then the block's parameters and moments
 * take their step there, and the next passes read them. No machine has more than a policy, and the driver nothing.
 */
public final class WorkVectors implements SharedVectors {
    /** Of records that belong to no block: what tasks have summed but for gradients. */
    private static final int NO_BLOCK = -1;

    private final ParameterBlocks blocks;
    private final AdamW.Settings adam;
    private final int minibatches;
    private int step;
    private int minibatch;
    private @Nullable JavaRDD<BlockSum> gradients;

    /** A node of a task's sums, of one block; or what else the task has summed. */
    private record Piece(int block, SumTree.@Nullable Node node, AllTasks.@Nullable Summed others)
            implements Serializable {}

    /** The sums of the losses' gradients of a block, and their products by section. */
    private record BlockSum(int block, List<BlockVector> sums, List<GramMatrix> grams, List<AllTasks.Summed> tasks)
            implements Serializable {
        static BlockSum of(int block, List<BlockVector> sums, Sections sections, List<AllTasks.Summed> tasks) {
            return new BlockSum(block, sums, sections.grams(block, arrays(sums)), tasks);
        }

        /** sum_k alpha_k g_k of this block. */
        BlockVector combined(Coefficients alphas) {
            return BlockVector.ofBlocks(List.<float[]>of(alphas.combineBlock(block, arrays(sums))));
        }

        private static List<float[]> arrays(List<BlockVector> sums) {
            return sums.stream().map(sum -> sum.block(0)).toList();
        }

        BlockSum withoutSums() {
            return new BlockSum(block, List.of(), grams, tasks);
        }
    }

    /** @param minibatches in a step, over all epochs */
    public WorkVectors(ParameterBlocks blocks, AdamW.Settings adam, int minibatches) {
        this.blocks = blocks;
        this.adam = adam;
        this.minibatches = minibatches;
    }

    /** Nothing: tasks read the blocks that the step before has written. */
    @Override
    public void publish(int number) {
        step = number;
        minibatch = 0;
    }

    @Override
    public Point start() {
        return at(blocks, ParameterBlocks.version(step, 0, minibatches));
    }

    @Override
    public Point point() {
        return at(blocks, ParameterBlocks.version(step, minibatch, minibatches));
    }

    private static Point at(ParameterBlocks blocks, String version) {
        return () -> blocks.composed(version);
    }

    @Override
    public Sums sum(JavaRDD<AllTasks.Summed> tasks, Sections sections) {
        int count = blocks.count();
        JavaRDD<BlockSum> sums = tasks.flatMap(WorkVectors::pieces)
                .groupBy(Piece::block, count + 1)
                .values()
                .map(pieces -> added(pieces, sections))
                .setName("gradients by block")
                .persist(StorageLevel.DISK_ONLY()); // those of all learners would fill the heap
        List<BlockSum> all = new ArrayList<>(sums.map(BlockSum::withoutSums).collect());
        all.sort(Comparator.comparingInt(BlockSum::block));
        gradients = sums;
        List<List<GramMatrix>> products = new ArrayList<>();
        List<AllTasks.Summed> others = new ArrayList<>();
        for (BlockSum sum : all) {
            others.addAll(sum.tasks());
            if (!sum.grams().isEmpty()) {
                products.add(sum.grams());
            }
        }
        return new Sums(Sections.sum(products), others);
    }

    private static Iterator<Piece> pieces(AllTasks.Summed task) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece(NO_BLOCK, null, task.withoutNodes()));
        for (SumTree.Node node : task.nodes()) {
            for (int b = 0; b < node.sums().get(0).blocks(); b++) {
                pieces.add(new Piece(b, node.block(b), null));
            }
        }
        return pieces.iterator();
    }

    private static BlockSum added(Iterable<Piece> pieces, Sections sections) {
        int block = pieces.iterator().next().block();
        List<SumTree.Node> nodes = new ArrayList<>();
        List<AllTasks.Summed> others = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.node() != null) {
                nodes.add(piece.node());
            }
            if (piece.others() != null) {
                others.add(piece.others());
            }
        }
        if (nodes.isEmpty()) {
            return new BlockSum(block, List.of(), List.of(), others);
        }
        return BlockSum.of(block, SumTree.total(nodes), sections, others);
    }

    @Override
    public void step(Coefficients alphas, float scale, double learningRate) {
        JavaRDD<BlockSum> sums = gradients;
        if (sums == null) {
            throw new IllegalStateException("Cannot step: no gradients were summed");
        }
        String from = ParameterBlocks.version(step, minibatch, minibatches);
        String to = ParameterBlocks.version(step, minibatch + 1, minibatches);
        ParameterBlocks of = blocks;
        AdamW.Settings settings = adam;
        try (Described part = Described.more(sums.context(), ", step of AdamW")) {
            sums.filter(sum -> sum.block() != NO_BLOCK).foreach(sum -> {
                BlockVector gradient = sum.combined(alphas);
                gradient.scale(scale);
                of.step(sum.block(), from, to, settings, gradient, learningRate);
            });
        }
        sums.unpersist();
        gradients = null;
        try {
            // the next step's tasks may still draw lost rows again from where this step began
            of.forget(from, minibatch > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        minibatch++;
    }

    @Override
    public void end() {
        if (gradients != null) {
            gradients.unpersist();
            gradients = null;
        }
    }

    @Override
    public Blocks theta() {
        return blocks.stored(ParameterBlocks.version(step, minibatch, minibatches));
    }

    @Override
    public KeptState withMoments(KeptState kept) {
        throw new IllegalStateException("Cannot keep moments of blocks: they are reset with each round");
    }
}
