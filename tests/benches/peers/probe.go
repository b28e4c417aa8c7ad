// Shakes hands with every name of standard input at one address, a bounded number at a time, and keeps each chain.
//
//	probe ADDRESS IN_FLIGHT < names
//
// Prints the seconds it took, the seconds of processor time, and how many chains came.
package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"
)

func processor() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}

func main() {
	address := os.Args[1]
	inFlight, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	var names []string
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		names = append(names, lines.Text())
	}
	chains := make([][][]byte, len(names))
	started, used := time.Now(), processor()
	permits := make(chan struct{}, inFlight)
	var all sync.WaitGroup
	for index, name := range names {
		permits <- struct{}{}
		all.Add(1)
		go func() {
			defer func() { <-permits; all.Done() }()
			// As the probe, it takes every certificate: nothing is judged.
			dialer := tls.Dialer{
				NetDialer: &net.Dialer{Timeout: 10 * time.Second},
				Config:    &tls.Config{ServerName: name, InsecureSkipVerify: true},
			}
			connection, err := dialer.Dial("tcp", address)
			if err != nil {
				return
			}
			defer connection.Close()
			for _, certificate := range connection.(*tls.Conn).ConnectionState().PeerCertificates {
				chains[index] = append(chains[index], certificate.Raw)
			}
		}()
	}
	all.Wait()
	seen := 0
	for _, chain := range chains {
		if len(chain) > 0 {
			seen++
		}
	}
	fmt.Println(time.Since(started).Seconds(), processor()-used, seen)
}
