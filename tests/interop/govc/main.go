// govc runs commands of govmomi's govc: a client that nobody here wrote.
//
// Names below lab.example are those of the simulated estate, which listens on this machine. They are resolved here,
// so that certificates are verified by the names they carry.
package main

import (
	"context"
	"net"
	"os"

	"github.com/vmware/govmomi/cli"

	_ "github.com/vmware/govmomi/cli/about"
	_ "github.com/vmware/govmomi/cli/alarm"
	_ "github.com/vmware/govmomi/cli/events"
	_ "github.com/vmware/govmomi/cli/host"
	_ "github.com/vmware/govmomi/cli/host/cert"
	_ "github.com/vmware/govmomi/cli/object"
	_ "github.com/vmware/govmomi/cli/option"
)

func main() {
	net.DefaultResolver = &net.Resolver{
		PreferGo: true,
		Dial: func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go answer(theirs)
			return ours, nil
		},
	}
	os.Exit(cli.Run(os.Args[1:]))
}
