// Asks Go's crypto/x509 about each case of a file and prints its answers as JSON lines.
//
// Usage: go run . CASES.jsonl
//
// The protocol is described in ../README.md. A presented certificate that does not parse refuses the case, as a TLS
// handshake would; an anchor that does not parse is left out, as AppendCertsFromPEM does.
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

type question struct {
	Case    string   `json:"case"`
	Chain   [][]byte `json:"chain"`
	Anchors [][]byte `json:"anchors"`
	At      int64    `json:"at"`
	Name    *string  `json:"name"`
	Purpose string   `json:"purpose"`
}

type answer struct {
	Case     string `json:"case"`
	Accepted bool   `json:"accepted"`
	Message  string `json:"message"`
}

var purposes = map[string]x509.ExtKeyUsage{
	"server": x509.ExtKeyUsageServerAuth,
	"client": x509.ExtKeyUsageClientAuth,
	"any":    x509.ExtKeyUsageAny,
}

func verify(q question) error {
	options := x509.VerifyOptions{
		Roots:         x509.NewCertPool(),
		Intermediates: x509.NewCertPool(),
		CurrentTime:   time.Unix(q.At, 0),
		KeyUsages:     []x509.ExtKeyUsage{purposes[q.Purpose]},
	}
	skipped := ""
	for _, der := range q.Anchors {
		anchor, err := x509.ParseCertificate(der)
		if err != nil {
			skipped = fmt.Sprintf(" (anchor left out: %v)", err)
			continue
		}
		options.Roots.AddCert(anchor)
	}
	var target *x509.Certificate
	for index, der := range q.Chain {
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return fmt.Errorf("presented certificate %d: %w", index, err)
		}
		if index == 0 {
			target = certificate
		} else {
			options.Intermediates.AddCert(certificate)
		}
	}
	if q.Name != nil {
		options.DNSName = *q.Name
	}
	if _, err := target.Verify(options); err != nil {
		return fmt.Errorf("%w%s", err, skipped)
	}
	return nil
}

func run(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewReaderSize(file, 1<<20)
	decoder := json.NewDecoder(lines)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for decoder.More() {
		var q question
		if err := decoder.Decode(&q); err != nil {
			return err
		}
		a := answer{Case: q.Case, Accepted: true}
		if err := verify(q); err != nil {
			a.Accepted, a.Message = false, err.Error()
		}
		if err := encoder.Encode(a); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run . CASES.jsonl")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
