module vitrust.test/tls

go 1.19
