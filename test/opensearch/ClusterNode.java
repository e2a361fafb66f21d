import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.TransportService;

/**
 * One node of a cluster, with standard modules only. Arguments are settings, name=value. It prints "ready HTTP TRANSPORT" with the
 * addresses that it was given, and ends when its standard input does.
 */
public final class ClusterNode extends Node {
  private static final List<String> MODULES = List.of(
      "org.opensearch.analysis.common.CommonAnalysisPlugin",
      "org.opensearch.index.mapper.MapperExtrasPlugin",
      "org.opensearch.index.reindex.ReindexPlugin",
      "org.opensearch.transport.Netty4Plugin");

  private ClusterNode(Environment environment, Collection<Class<? extends Plugin>> modules) {
    super(environment, modules, false);
  }

  public static void main(String[] arguments) throws Exception {
    Settings.Builder settings = Settings.builder();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      settings.put(argument.substring(0, at), argument.substring(at + 1));
    }
    List<Class<? extends Plugin>> modules = new ArrayList<>();
    for (String name : MODULES) {
      modules.add(Class.forName(name).asSubclass(Plugin.class));
    }
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), (Path) null, () -> "node");
    ClusterNode node = new ClusterNode(environment, modules);
    node.start();
    System.out.println("ready "
        + node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress() + " "
        + node.injector().getInstance(TransportService.class).boundAddress().publishAddress());
    while (System.in.read() >= 0) {
      // nobody says anything: only the end counts
    }
    node.close();
    System.exit(0);
  }
}
