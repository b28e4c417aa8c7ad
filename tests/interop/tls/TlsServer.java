import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Principal;
import java.security.cert.X509Certificate;

/**
 * Serves TLS handshakes with Java's JSSE, for the probe to be tried on.
 *
 * <pre>java TlsServer.java -cert chain.pem -key key.pem [-ca ca.pem] [-min 1.2] [-max 1.3] [-client none|request|verify]</pre>
 *
 * It prints {@code PORT n} and serves until its standard input ends. For each connection it prints how the handshake ended.
 */
public final class TlsServer {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new AsGiven(options.get("-cert"), options.get("-key"))}, trust(options), null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        listener.setEnabledProtocols(protocols(options));
        String client = options.getOrDefault("-client", "none");
        listener.setWantClientAuth(client.equals("request"));
        if (client.equals("verify")) {
            listener.setNeedClientAuth(true);
        }
        System.out.println("PORT " + listener.getLocalPort());
        Thread serving = new Thread(() -> accept(listener));
        serving.setDaemon(true);
        serving.start();
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static String[] protocols(Map<String, String> options) {
        String oldest = "TLSv" + options.getOrDefault("-min", "1.2");
        String newest = "TLSv" + options.getOrDefault("-max", "1.3");
        return oldest.equals(newest) ? new String[] {oldest} : new String[] {oldest, newest};
    }

    private static TrustManager[] trust(Map<String, String> options) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        if (options.containsKey("-ca")) {
            for (Certificate ca : certificates(options.get("-ca"))) {
                store.setCertificateEntry(Integer.toString(store.size()), ca);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(String file) throws Exception {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static void accept(SSLServerSocket listener) {
        while (true) {
            try {
                Socket connection = listener.accept();
                Thread one = new Thread(() -> serve((SSLSocket) connection));
                one.setDaemon(true);
                one.start();
            } catch (Exception error) {
                return;
            }
        }
    }

    private static void serve(SSLSocket connection) {
        try (connection) {
            connection.setSoTimeout(10_000);
            connection.startHandshake();
            connection.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (Exception error) {
            System.out.println("FAILED " + error.getMessage());
        }
    }

    /** Shows the chain in the file's order, whatever that is: a key store would refuse a wrong one. */
    private static final class AsGiven extends X509ExtendedKeyManager {
        private final X509Certificate[] chain;
        private final PrivateKey key;

        AsGiven(String cert, String key) throws Exception {
            chain = certificates(cert).toArray(X509Certificate[]::new);
            String text = Files.readString(Path.of(key)).replaceAll("-----[^-]*-----|\\s", "");
            PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
            this.key = KeyFactory.getInstance("EC").generatePrivate(spec);
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return type.startsWith("EC") ? "given" : null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return type.startsWith("EC") ? "given" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {"given"};
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
