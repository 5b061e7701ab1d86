package io.solera.reward.sql.compat;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Session extensions that are written in Java; Spark finds them by configuration or as a service. */
public abstract class Extensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit>
        implements SparkSessionExtensionsProvider {
    protected abstract void register(Registry registry);

    @Override
    public final BoxedUnit apply(SparkSessionExtensions extensions) {
        register(new Registry(extensions));
        return BoxedUnit.UNIT;
    }
}
