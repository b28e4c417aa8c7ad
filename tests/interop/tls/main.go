// Serves TLS handshakes with Go's crypto/tls, for the probe to be tried on.
//
//	tls -cert chain.pem -key key.pem [-ca ca.pem] [-min 1.2] [-max 1.3] [-client none|request|require|verify]
//
// It prints `PORT n` and serves until its standard input ends. For each connection it prints how the handshake ended.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"time"
)

var versions = map[string]uint16{"1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}

var modes = map[string]tls.ClientAuthType{
	"none":    tls.NoClientCert,
	"request": tls.RequestClientCert,
	"require": tls.RequireAnyClientCert,
	"verify":  tls.RequireAndVerifyClientCert,
}

func main() {
	cert := flag.String("cert", "", "the chain as it is sent, PEM")
	key := flag.String("key", "", "its key, PEM")
	ca := flag.String("ca", "", "the CAs of clients, PEM")
	oldest := flag.String("min", "1.2", "the oldest version")
	newest := flag.String("max", "1.3", "the newest version")
	client := flag.String("client", "none", "what is wanted of clients")
	flag.Parse()

	config := &tls.Config{
		Certificates: []tls.Certificate{chain(*cert, *key)},
		MinVersion:   versions[*oldest],
		MaxVersion:   versions[*newest],
		ClientAuth:   modes[*client],
	}
	if *ca != "" {
		config.ClientCAs = x509.NewCertPool()
		if !config.ClientCAs.AppendCertsFromPEM(read(*ca)) {
			log.Fatal("no CA in ", *ca)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("PORT %d\n", listener.Addr().(*net.TCPAddr).Port)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				log.Fatal(err)
			}
			go serve(tls.Server(connection, config))
		}
	}()
	io.Copy(io.Discard, os.Stdin)
}

// chain keeps the order of the file, which tls.LoadX509KeyPair keeps too, and takes any key that fits.
func chain(cert, key string) tls.Certificate {
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		log.Fatal(err)
	}
	return pair
}

func read(file string) []byte {
	content, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	return content
}

func serve(connection *tls.Conn) {
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(10 * time.Second))
	if err := connection.Handshake(); err != nil {
		fmt.Printf("FAILED %v\n", err)
		return
	}
	io.Copy(io.Discard, connection)
}
