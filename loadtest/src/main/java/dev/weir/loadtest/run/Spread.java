package dev.weir.loadtest.run;

import dev.weir.loadtest.crowd.BareServer;
import dev.weir.loadtest.crowd.Crowd;
import dev.weir.loadtest.crowd.Question;
import dev.weir.loadtest.report.SpreadResult;
import dev.weir.loadtest.rig.Contestant;
import dev.weir.loadtest.rig.Ports;
import dev.weir.loadtest.rig.Rig;
import dev.weir.loadtest.rig.Scene;
import dev.weir.loadtest.rig.ScriptedBody;
import dev.weir.loadtest.rig.ScriptedOrigin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * How close together one gateway answers those who waited for the same page: few of them against their leader, and many
 * against a {@link BareServer} that does nothing but write. The three take turns, on connections that stand throughout.
 */
public final class Spread {
    private static final int FEW = 50;
    private static final int MANY = 1_000;
    private static final String HOST = "herd.test";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            + "Cache-Control: public, max-age=600\r\nContent-Length: " + ScriptedBody.SIZE + "\r\n"
            + "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nVary: Accept-Encoding\r\n"
            + "Cache-Status: weir; fwd=uri-miss; fwd-status=200; stored; collapsed\r\n\r\n";

    private final SpreadPlan plan;
    private final Rig rig;
    private final Consumer<String> progress;

    /** Runs nothing yet. */
    public Spread(SpreadPlan plan, Rig rig, Consumer<String> progress) {
        this.plan = plan;
        this.rig = rig;
        this.progress = progress;
    }

    /** Starts one gateway and the bare server, and runs all rounds; blocks. */
    public SpreadResult run() {
        Contestant weir = rig.weir(plan.fleet());
        InetSocketAddress bare = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.freeWith());
        try (BareServer server = new BareServer(bare, answer(), ScriptedOrigin.FIRST_BYTE);
                Crowd few = new Crowd(weir.doors(), FEW + 1);
                Crowd many = new Crowd(weir.doors(), MANY);
                Crowd manyBare = new Crowd(List.of(bare), MANY)) {
            return rounds(few, many, manyBare);
        }
    }

    private SpreadResult rounds(Crowd few, Crowd many, Crowd manyBare) {
        List<SpreadResult.Round> counted = new ArrayList<>();
        for (int round = 1 - plan.warmUps(); round <= plan.rounds(); round++) {
            SpreadResult.Round result = round(few, many, manyBare);
            if (round > 0) {
                counted.add(result);
            }
            progress.accept((round > 0 ? round + "/" + plan.rounds() : "warm-up") + "  " + result.line());
        }
        return new SpreadResult(FEW, MANY, counted);
    }

    private SpreadResult.Round round(Crowd few, Crowd many, Crowd manyBare) {
        String ofFew = coldPath();
        String ofMany = coldPath();
        Crowd.Outcome fewSaw = ask(few, ofFew);
        Crowd.Outcome manySaw = ask(many, ofMany);
        Crowd.Outcome manySawBare = ask(manyBare, coldPath());
        ScriptedOrigin origin = rig.origin();
        int requests = Math.max(origin.requests(ofFew), origin.requests(ofMany));
        return SpreadResult.round(fewSaw, manySaw, manySawBare, requests);
    }

    private static String coldPath() {
        return Scene.PAGE.prefix() + UUID.randomUUID();
    }

    private Crowd.Outcome ask(Crowd crowd, String path) {
        return crowd.ask(new Question(HOST, path, ScriptedBody.numbered(0), 0), plan.bound());
    }

    private static byte[] answer() {
        byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
        byte[] answer = Arrays.copyOf(head, head.length + ScriptedBody.SIZE);
        System.arraycopy(ScriptedBody.numbered(0), 0, answer, head.length, ScriptedBody.SIZE);
        return answer;
    }
}
