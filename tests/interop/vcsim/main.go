// vcsim serves govmomi's simulated vCenter for the tests: a server that nobody here wrote.
//
// It prints one line, `URL PIN`, and serves until its standard input ends.
package main

import (
	"crypto/sha256"
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/vmware/govmomi/simulator"

	_ "github.com/vmware/govmomi/vapi/simulator"
)

func main() {
	hosts := flag.Int("hosts", 3, "hosts in the cluster")
	esx := flag.Bool("esx", false, "a host alone, without a vCenter")
	flag.Parse()
	log.SetOutput(io.Discard)

	model := simulator.VPX()
	if *esx {
		model = simulator.ESX()
	} else {
		model.ClusterHost = *hosts
		model.Host = 0
	}
	model.Machine = 0
	model.Datastore = 1
	if err := model.Create(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer model.Remove()
	model.Service.TLS = new(tls.Config)
	model.Service.RegisterEndpoints = true

	server := model.Service.NewServer()
	defer server.Close()
	address := server.URL.Host
	connection, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	leaf := connection.ConnectionState().PeerCertificates[0]
	connection.Close()
	fmt.Printf("%s sha256:%x\n", address, sha256.Sum256(leaf.Raw))
	io.Copy(io.Discard, os.Stdin)
}
