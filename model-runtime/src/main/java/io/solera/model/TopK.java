package io.solera.model;

import java.util.Arrays;

/** The greatest of some numbers in descending order, without sorting the others: quickselect (Hoare 1961), then a sort of the selected. */
final class TopK {
    private final double[] copy;

    /** @param most numbers there can be */
    TopK(int most) {
        copy = new double[most];
    }

    /** The {@code count} greatest, the greatest first, at the beginning of an array that the next call overwrites. */
    double[] of(double[] numbers, int count) {
        System.arraycopy(numbers, 0, copy, 0, numbers.length);
        select(numbers.length, count);
        Arrays.sort(copy, 0, count);
        for (int low = 0, high = count - 1; low < high; low++, high--) {
            swap(low, high);
        }
        return copy;
    }

    /** Moves the greatest to the front, in any order. */
    private void select(int length, int count) {
        int low = 0;
        int high = length - 1;
        while (low < high) {
            double pivot = middle(copy[low], copy[(low + high) >>> 1], copy[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (copy[i] > pivot) {
                    i++;
                }
                while (copy[j] < pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (count - 1 <= j) {
                high = j;
            } else if (count - 1 >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private static double middle(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int a, int b) {
        double held = copy[a];
        copy[a] = copy[b];
        copy[b] = held;
    }
}
