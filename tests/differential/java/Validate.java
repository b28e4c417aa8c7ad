import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import sun.security.tools.keytool.CertAndKeyGen;
import sun.security.x509.X500Name;

/**
 * Asks Java about each case of a file and prints its answers as JSON lines. The protocol is described in ../README.md.
 *
 * <pre>java --add-exports java.base/sun.security.util=ALL-UNNAMED (and sun.security.x509, sun.security.tools.keytool)
 *     Validate.java [--trust-manager] CASES.jsonl</pre>
 *
 * Without the option it is raw PKIX: a CertPathBuilder over the presented chain, the date set, revocation checked when there are lists. The purposes
 * server and client ask the target selector for that extended key usage. With the option it is the trust manager that
 * TLS uses, made from the same parameters and asked within a handshake; the purpose any then asks it as a server. A name
 * is checked by the checker of TLS after the path. An anchor that does not parse is left out; a presented one refuses the case.
 */
public final class Validate {
    private static final Map<String, String> PURPOSES =
            Map.of("server", "1.3.6.1.5.5.7.3.1", "client", "1.3.6.1.5.5.7.3.2");

    private static final Handshake handshake = new Handshake();

    public static void main(String[] arguments) throws Exception {
        boolean trustManager = arguments.length == 2 && arguments[0].equals("--trust-manager");
        Path file = Path.of(arguments[arguments.length - 1]);
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();
        Runnable questions = () ->
                lines.forEach(line -> out.append(answer(new Json(line).object(), trustManager)).append('\n'));
        if (trustManager) {
            handshake.during(questions);
        } else {
            questions.run();
        }
        System.out.write(out.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static String answer(Map<String, Object> question, boolean trustManager) {
        String message = "";
        boolean accepted = true;
        try {
            ask(question, trustManager);
        } catch (Exception error) {
            accepted = false;
            message = reason(error);
        }
        return "{\"case\":" + Json.quote((String) question.get("case")) + ",\"accepted\":" + accepted
                + ",\"message\":" + Json.quote(message) + "}";
    }

    private static void ask(Map<String, Object> question, boolean trustManager) throws Exception {
        List<X509Certificate> chain = new ArrayList<>();
        for (Object one : (List<?>) question.get("chain")) {
            chain.add(certificate((String) one));
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        for (Object one : (List<?>) question.get("anchors")) {
            anchor((String) one, anchors);
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(chain.get(0));
        String purpose = PURPOSES.get((String) question.get("purpose"));
        if (purpose != null && !trustManager) {
            target.setExtendedKeyUsage(Set.of(purpose));
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        List<Object> collection = new ArrayList<>(chain);
        for (Object one : (List<?>) question.get("crls")) {
            collection.add(factory().generateCRL(bytes((String) one)));
        }
        parameters.setRevocationEnabled(collection.size() > chain.size());
        parameters.setDate(new Date((Long) question.get("at") * 1000));
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(collection)));
        if (trustManager) {
            askTrustManager(parameters, chain, question.get("purpose").equals("client"));
        } else {
            CertPathBuilder.getInstance("PKIX").build(parameters);
        }
        String name = (String) question.get("name");
        if (name != null) {
            sun.security.util.HostnameChecker.getInstance(sun.security.util.HostnameChecker.TYPE_TLS)
                    .match(name, chain.get(0), false);
        }
    }

    private static void askTrustManager(PKIXBuilderParameters parameters, List<X509Certificate> chain, boolean client)
            throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        X509ExtendedTrustManager manager = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        X509Certificate[] presented = chain.toArray(new X509Certificate[0]);
        if (client) {
            manager.checkClientTrusted(presented, "UNKNOWN", handshake.asking);
        } else {
            manager.checkServerTrusted(presented, "UNKNOWN", handshake.asking);
        }
    }

    private static void anchor(String text, Set<TrustAnchor> anchors) {
        try {
            anchors.add(new TrustAnchor(certificate(text), null));
        } catch (Exception unreadable) {
            // A key store cannot hold what does not parse, so it is no anchor.
        }
    }

    private static X509Certificate certificate(String text) throws Exception {
        return (X509Certificate) factory().generateCertificate(bytes(text));
    }

    private static CertificateFactory factory() throws Exception {
        return CertificateFactory.getInstance("X.509");
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(Base64.getDecoder().decode(text));
    }

    /** The innermost reasons, which say more than the outer "unable to find valid certification path". */
    private static String reason(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String line = cause.getClass().getSimpleName() + ": " + cause.getMessage();
            text.append(text.length() == 0 ? "" : " <- ").append(line.lines().findFirst().orElse(""));
        }
        return text.length() > 400 ? text.substring(0, 400) : text.toString();
    }

    /**
     * A TLS handshake of two engines of this process with the JDK's own settings, stopped where the client decides
     * about the server's certificates: with its engine the trust manager applies the algorithm constraints of TLS.
     */
    private static final class Handshake extends X509ExtendedTrustManager {
        private final ByteBuffer scratch = ByteBuffer.allocate(1 << 16);
        private SSLEngine asking;
        private Runnable questions;

        void during(Runnable questions) throws Exception {
            this.questions = questions;
            CertAndKeyGen pair = new CertAndKeyGen("EC", "SHA256withECDSA");
            pair.generate("secp256r1");
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            X509Certificate own = pair.getSelfCertificate(new X500Name("CN=handshake"), 86_400);
            keys.setKeyEntry("own", pair.getPrivateKey(), new char[0], new X509Certificate[] {own});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(keys, new char[0]);
            SSLEngine server = engine(factory.getKeyManagers(), null, false);
            SSLEngine client = engine(null, new TrustManager[] {this}, true);
            ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
            ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
            for (int turn = 0; turn < 10 && asking == null; turn++) {
                advance(client, toClient, toServer);
                advance(server, toServer, toClient);
            }
            if (asking == null) {
                throw new IllegalStateException("the handshake did not come to the server's certificates");
            }
        }

        private SSLEngine engine(KeyManager[] keys, TrustManager[] trust, boolean client) throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(client);
            engine.beginHandshake();
            return engine;
        }

        private void advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws Exception {
            in.flip();
            while (asking == null) {
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    engine.wrap(ByteBuffer.allocate(0), out);
                } else if (status == HandshakeStatus.NEED_UNWRAP && in.hasRemaining()) {
                    engine.unwrap(in, scratch);
                } else {
                    break;
                }
            }
            in.compact();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            asking = engine;
            questions.run();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new IllegalStateException("an engine has no socket");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("an engine asks with itself");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new IllegalStateException("the server asks for no certificate");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new IllegalStateException("the server asks for no certificate");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("the server asks for no certificate");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Reads one line of JSON: objects, arrays, strings, whole numbers and null, which is all the protocol has. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Map<String, Object> object() {
            Map<String, Object> members = new LinkedHashMap<>();
            expect('{');
            while (peek() != '}') {
                String key = string();
                expect(':');
                members.put(key, value());
                if (peek() == ',') {
                    at++;
                }
            }
            expect('}');
            return members;
        }

        private Object value() {
            switch (peek()) {
                case '{':
                    return object();
                case '[':
                    return array();
                case '"':
                    return string();
                case 'n':
                    at += "null".length();
                    return null;
                default:
                    int start = at;
                    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                        at++;
                    }
                    return Long.valueOf(text.substring(start, at));
            }
        }

        private List<Object> array() {
            List<Object> items = new ArrayList<>();
            expect('[');
            while (peek() != ']') {
                items.add(value());
                if (peek() == ',') {
                    at++;
                }
            }
            expect(']');
            return items;
        }

        private String string() {
            StringBuilder out = new StringBuilder();
            expect('"');
            while (text.charAt(at) != '"') {
                char next = text.charAt(at++);
                if (next != '\\') {
                    out.append(next);
                    continue;
                }
                char escape = text.charAt(at++);
                if (escape == 'u') {
                    out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                } else {
                    out.append(escape == 'n' ? '\n' : escape == 't' ? '\t' : escape);
                }
            }
            expect('"');
            return out.toString();
        }

        private char peek() {
            while (text.charAt(at) == ' ') {
                at++;
            }
            return text.charAt(at);
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw new IllegalArgumentException("expected " + wanted + " at column " + at);
            }
            at++;
        }

        static String quote(String text) {
            StringBuilder out = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < ' ') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            return out.append('"').toString();
        }
    }
}
